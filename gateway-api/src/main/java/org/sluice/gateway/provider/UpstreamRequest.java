package org.sluice.gateway.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sluice.gateway.dialect.Body;

/**
 * One request to a provider.
 *
 * @param method in capitals; never CONNECT or TRACE
 * @param headers complete but for Host, Content-Length and Connection; the secrets in them are why {@code toString} is short
 * @param body empty when there is an upload, or when the method takes none
 * @param upload sent in place of the body, or null
 * @param isStream whether the answer is read while it comes
 * @param limits how long the call may take
 * @param source who said where to send it; a provider need not care, whoever sends its request sets it
 */
public record UpstreamRequest(String method, URI uri, Map<String, String> headers, Body body, Upload upload, boolean isStream, UpstreamLimits limits,
        AddressSource source) {
    private static final String POST = "POST";

    public UpstreamRequest {
        Objects.requireNonNull(method, "method is null");
        Objects.requireNonNull(source, "source is null");
        headers = Map.copyOf(headers);
    }

    /** To an address that is trusted. */
    public UpstreamRequest(String method, URI uri, Map<String, String> headers, Body body, Upload upload, boolean isStream, UpstreamLimits limits) {
        this(method, uri, headers, body, upload, isStream, limits, AddressSource.OPERATOR);
    }

    /** A POST. */
    public UpstreamRequest(URI uri, Map<String, String> headers, Body body, boolean isStream, UpstreamLimits limits) {
        this(POST, uri, headers, body, null, isStream, limits);
    }

    /** A request without a body. */
    public static UpstreamRequest bare(String method, URI uri, Map<String, String> headers, boolean isStream, UpstreamLimits limits) {
        return new UpstreamRequest(method, uri, headers, new Body(List.of()), null, isStream, limits);
    }

    public UpstreamRequest withHeaders(Map<String, String> others) {
        return new UpstreamRequest(method, uri, others, body, upload, isStream, limits, source);
    }

    /** The same to an address of this source. */
    public UpstreamRequest from(AddressSource whose) {
        return new UpstreamRequest(method, uri, headers, body, upload, isStream, limits, whose);
    }

    /** Whether it says how long its body is, also when that is nothing. */
    public boolean hasBody() {
        return upload != null || body.length() > 0 || method.equals(POST) || method.equals("PUT") || method.equals("PATCH");
    }

    @Override
    public String toString() {
        return "UpstreamRequest[" + uri.getHost() + "]";
    }
}
