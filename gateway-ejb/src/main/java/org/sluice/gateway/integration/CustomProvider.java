package org.sluice.gateway.integration;

import java.time.Instant;
import org.sluice.gateway.provider.compatible.OwnProvider;

/**
 * An OpenAI-compatible provider that an organization defined (contract 8).
 *
 * @param id the row's
 * @param providerId what it is called by, the prefix in {@code acme/llama}
 * @param apiKey null when it asks for none
 * @param isReadable false when its key does not open
 * @param baseUrl up to and with the version, without a slash at the end
 */
public record CustomProvider(String id, String organization, String providerId, String name, String apiKey, boolean isReadable, String baseUrl,
        OwnProvider.Defaults defaults, Instant createdAt, Instant updatedAt) {
    @Override
    public String toString() {
        return "CustomProvider[" + id + ", " + providerId + ", ***]";
    }
}
