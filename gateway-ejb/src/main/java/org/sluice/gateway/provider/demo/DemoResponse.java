package org.sluice.gateway.provider.demo;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.provider.UpstreamResponse;

/** An answer that was never on a wire. */
record DemoResponse(int status, Map<String, String> headers, InputStream body) implements UpstreamResponse {
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");
    private static final Map<String, String> EVENTS = Map.of("content-type", "text/event-stream; charset=utf-8");

    static DemoResponse whole(byte[] body) {
        return new DemoResponse(200, JSON, new ByteArrayInputStream(body));
    }

    static DemoResponse streamed(InputStream events) {
        return new DemoResponse(200, EVENTS, events);
    }

    static DemoResponse failed(DemoAnswer.Failure failure) {
        Map<String, String> headers = new HashMap<>(JSON);
        if (failure.status() == 429 || failure.status() == 503) {
            headers.put("retry-after", "1");
        }
        byte[] body = error(new JsonWriter(), failure).toBytes();
        return new DemoResponse(failure.status(), Map.copyOf(headers), new ByteArrayInputStream(body));
    }

    static JsonWriter error(JsonWriter json, DemoAnswer.Failure failure) {
        return json.beginObject().name("error").beginObject().name("message").value(failure.message()).name("type").value(failure.type())
                .name("param").value(failure.param()).name("code").value(failure.code()).endObject().endObject();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
