package org.sluice.gateway.provider;

import java.time.Duration;

/**
 * How long one attempt may take.
 *
 * @param connect until the connection stands, TLS included
 * @param firstByte from the last byte sent to the complete response head (and, in a stream, the first event)
 * @param idle between two pieces of the body
 * @param total from start to end
 */
public record UpstreamLimits(Duration connect, Duration firstByte, Duration idle, Duration total) {}
