package org.sluice.gateway.recorded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * One exchange with a provider, bodies as bytes.
 *
 * @param endpoint e.g. {@code chat/completions}, {@code messages}
 * @param kinds what the exchange shows: stream, tool_call, error_429, ...
 * @param request body of the request, empty when there was none
 * @param headers response headers by lower-case name
 * @param streamFormat {@code sse}, {@code aws-eventstream}, ... or null
 */
public record Recording(String id, String provider, String endpoint, String model, Set<String> kinds, byte[] request,
        int status, Map<String, String> headers, byte[] response, boolean isStream, String streamFormat) {

    static Recording read(byte[] file) {
        JsonObject json = JsonReader.readObject(file);
        JsonObject response = json.object("response");
        Set<String> kinds = new LinkedHashSet<>();
        json.items("kinds").forEach(kind -> kinds.add(kind.asText()));
        Map<String, String> headers = new LinkedHashMap<>();
        if (response.object("headers") != null) {
            response.object("headers").members().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.asText()));
        }
        return new Recording(json.text("id"), json.text("provider"), json.text("endpoint"), json.text("model"), kinds,
                body(json.object("request")), (int) response.number("status", 0), headers, body(response),
                response.isTrue("is_stream"), response.text("stream_format"));
    }

    private static byte[] body(JsonObject side) {
        if (side == null || side.text("body") == null) {
            return new byte[0];
        }
        String body = side.text("body");
        return "base64".equals(side.text("body_encoding")) ? Base64.getDecoder().decode(body) : body.getBytes(UTF_8);
    }

    public String contentType() {
        return headers.get("content-type");
    }

    public boolean isSse() {
        return "sse".equals(streamFormat);
    }

    @Override
    public String toString() {
        return id;
    }
}
