package org.sluice.gateway.error;

import java.util.Map;
import java.util.Objects;

/**
 * What a provider answered instead of a completion.
 *
 * @param status the provider's HTTP status, 400..599
 * @param type the provider's error type, or null
 * @param code the provider's error code, or null
 * @param param the parameter it complains about, or null
 * @param message the provider's words, scrubbed of credentials
 * @param dialect name of the dialect of {@code body}
 * @param contentType content type of {@code body}, or null
 * @param body the provider's own bytes, so that a client of the same dialect gets them unchanged
 * @param event the event of a stream that carried it, framing included, as the provider sent it; null outside of streams
 * @param headers headers worth passing on, lower-case ({@code retry-after}, {@code retry-after-ms})
 */
public record ProviderError(int status, String type, String code, String param, String message, String dialect,
        String contentType, byte[] body, byte[] event, Map<String, String> headers) {
    public ProviderError {
        Objects.requireNonNull(message, "message is null");
        Objects.requireNonNull(body, "body is null");
        headers = Map.copyOf(headers);
    }

    public ProviderError withHeaders(Map<String, String> passedOn) {
        return new ProviderError(status, type, code, param, message, dialect, contentType, body, event, passedOn);
    }

    public ProviderError withBody(byte[] scrubbed, String scrubbedMessage) {
        return new ProviderError(status, type, code, param, scrubbedMessage, dialect, contentType, scrubbed, event, headers);
    }

    public ProviderError withEvent(byte[] frame) {
        return new ProviderError(status, type, code, param, message, dialect, contentType, body, frame, headers);
    }
}
