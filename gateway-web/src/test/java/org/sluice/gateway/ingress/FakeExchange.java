package org.sluice.gateway.ingress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An exchange in memory. */
final class FakeExchange implements Exchange {
    private final Map<String, List<String>> headers = new HashMap<>();
    private final byte[] body;
    private final long announced;
    private InputStream drops;
    int status;
    Map<String, String> answerHeaders;
    byte[] answer;

    FakeExchange(byte[] body, long announced) {
        this.body = body;
        this.announced = announced;
        header("Content-Type", "application/json");
    }

    FakeExchange(String body) {
        this(body.getBytes(java.nio.charset.StandardCharsets.UTF_8), body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }

    /** The body comes from here instead. */
    FakeExchange dripping(InputStream body) {
        drops = body;
        return this;
    }

    FakeExchange header(String name, String... values) {
        headers.put(name.toLowerCase(Locale.ROOT), List.of(values));
        return this;
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public java.util.Set<String> headerNames() {
        return headers.keySet();
    }

    @Override
    public String query() {
        return null;
    }

    @Override
    public String path() {
        return "/api/chat/completions";
    }

    @Override
    public long contentLength() {
        return announced;
    }

    @Override
    public InputStream body() {
        return drops == null ? new ByteArrayInputStream(body) : drops;
    }

    @Override
    public Peer peer() {
        return null;
    }

    @Override
    public void respond(int status, String contentType, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.answerHeaders = headers;
        this.answer = body;
    }

    @Override
    public void stream(int status, String contentType, Map<String, String> headers, StreamWriter writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        respond(status, contentType, headers, out.toByteArray());
    }
}
