package org.sluice.gateway.ingress;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An exchange of a JAX-RS resource. The request's proxies belong to the container's thread, so what is needed is taken
 * from them first; the body is read later, by the call's own thread.
 */
public final class ResourceExchange implements Exchange {
    private final Map<String, List<String>> headers;
    private final String query;
    private final String path;
    private final long contentLength;
    private final Peer peer;
    private final InputStream body;
    private final AsyncResponse response;

    private ResourceExchange(HttpServletRequest request, InputStream body, AsyncResponse response) {
        this.headers = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
        }
        this.query = request.getQueryString();
        this.path = request.getRequestURI();
        this.contentLength = request.getContentLengthLong();
        this.peer = new Peer(request.getRemoteAddr(), request.getRemotePort(), request.getLocalPort());
        this.body = body;
        this.response = response;
    }

    public static ResourceExchange of(HttpServletRequest request, InputStream body, AsyncResponse response) {
        return new ResourceExchange(request, body, response);
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public Set<String> headerNames() {
        return headers.keySet();
    }

    @Override
    public String query() {
        return query;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public void respond(int status, String contentType, Map<String, String> headers, byte[] entity) {
        response.resume(build(Response.status(status), contentType, headers).entity(status == 204 ? null : entity).build());
    }

    @Override
    public void stream(int status, String contentType, Map<String, String> headers, StreamWriter writer) {
        StreamingOutput entity = writer::writeTo;
        response.resume(build(Response.status(status), contentType, headers).entity(entity).build());
    }

    private static Response.ResponseBuilder build(Response.ResponseBuilder builder, String contentType, Map<String, String> headers) {
        if (contentType != null) {
            builder.header("Content-Type", contentType);
        }
        headers.forEach(builder::header);
        return builder;
    }
}
