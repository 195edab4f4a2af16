package org.sluice.gateway.dialect;

import org.sluice.gateway.usage.Usage;

/**
 * What the gateway must know of a whole answer that it passes through.
 *
 * @param id the provider's id, or null
 * @param responseModel the model that answered, or null
 * @param usage null when the provider did not count
 * @param isError the body is an error although the status says 200
 */
public record ResponseOutline(String id, String responseModel, Usage usage, boolean isError) {}
