package org.sluice.gateway.provider;

import java.net.URI;
import java.util.Map;
import org.sluice.gateway.dialect.Body;

/**
 * One POST to a provider.
 *
 * @param headers complete but for Host, Content-Length and Connection; the secrets in them are why {@code toString} is short
 * @param isStream whether an event stream is expected
 * @param limits how long the call may take
 */
public record UpstreamRequest(URI uri, Map<String, String> headers, Body body, boolean isStream, UpstreamLimits limits) {
    public UpstreamRequest {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "UpstreamRequest[" + uri.getHost() + "]";
    }
}
