package org.sluice.gateway.ingress;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** An exchange straight on the servlet API, in asynchronous mode: read and answered by the call's own thread. */
public final class ServletExchange implements Exchange {
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncContext async;
    private final String query;
    private final String path;
    private final Peer peer;

    /** Reads on the container's thread what Open Liberty gives to no other: its query is null once the servlet returned. */
    private ServletExchange(HttpServletRequest request, HttpServletResponse response, AsyncContext async) {
        this.request = request;
        this.response = response;
        this.async = async;
        query = request.getQueryString();
        path = request.getRequestURI();
        peer = new Peer(request.getRemoteAddr(), request.getRemotePort(), request.getLocalPort());
    }

    public static ServletExchange of(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        return new ServletExchange(request, response, async);
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public String header(String name) {
        return request.getHeader(name);
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
        return request.getContentLengthLong();
    }

    @Override
    public InputStream body() throws IOException {
        return request.getInputStream();
    }

    @Override
    public Peer peer() {
        return peer;
    }

    @Override
    public void respond(int status, String contentType, Map<String, String> headers, byte[] body) {
        try {
            response.setStatus(status);
            response.setContentType(contentType);
            headers.forEach(response::setHeader);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } catch (IOException gone) {
            // the client left; the call is recorded already
        } finally {
            async.complete();
        }
    }

    @Override
    public void stream(int status, String contentType, Map<String, String> headers, StreamWriter writer) {
        try {
            response.setStatus(status);
            response.setContentType(contentType);
            headers.forEach(response::setHeader);
            writer.writeTo(response.getOutputStream());
        } catch (IOException gone) {
            // the client left; the writer has cancelled the call
        } finally {
            async.complete();
        }
    }
}
