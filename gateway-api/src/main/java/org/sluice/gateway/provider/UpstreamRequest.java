package org.sluice.gateway.provider;

import java.net.URI;
import java.util.Map;
import org.sluice.gateway.dialect.Body;

/**
 * One request to a provider.
 *
 * @param method in capitals
 * @param headers complete but for Host, Content-Length and Connection; the secrets in them are why {@code toString} is short
 * @param isStream whether an event stream is expected
 * @param limits how long the call may take
 */
public record UpstreamRequest(String method, URI uri, Map<String, String> headers, Body body, boolean isStream, UpstreamLimits limits) {
    public UpstreamRequest {
        headers = Map.copyOf(headers);
    }

    /** A POST. */
    public UpstreamRequest(URI uri, Map<String, String> headers, Body body, boolean isStream, UpstreamLimits limits) {
        this("POST", uri, headers, body, isStream, limits);
    }

    public static UpstreamRequest get(URI uri, Map<String, String> headers, UpstreamLimits limits) {
        return new UpstreamRequest("GET", uri, headers, Body.of(new byte[0]), false, limits);
    }

    @Override
    public String toString() {
        return "UpstreamRequest[" + uri.getHost() + "]";
    }
}
