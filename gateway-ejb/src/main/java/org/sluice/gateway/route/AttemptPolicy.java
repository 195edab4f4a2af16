package org.sluice.gateway.route;

import org.sluice.gateway.provider.UpstreamLimits;

/** How often and how long a target is tried. {@code maxRetries} counts tries after the first. */
public record AttemptPolicy(int maxRetries, UpstreamLimits limits) {}
