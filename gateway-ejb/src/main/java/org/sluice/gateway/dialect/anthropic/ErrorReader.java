package org.sluice.gateway.dialect.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads errors: Anthropic's {@code {type: error, error: {type, message}, request_id}}, and those of clouds that serve the
 * dialect, {@code {error: {code, message, status}}} alone or in an array and {@code {message}}.
 */
final class ErrorReader {
    private static final String REQUEST_ID = "request-id";
    private static final int LONGEST_MESSAGE = 2000;
    private static final Pattern KEY = Pattern.compile("sk-[A-Za-z0-9_-]{8,}|(?i:bearer)\\s+[A-Za-z0-9._~+/=-]{8,}|AKIA[A-Z0-9]{16}|ya29\\.[A-Za-z0-9._-]+");

    private ErrorReader() { }

    static ProviderError read(int status, String contentType, byte[] body) {
        int shown = status < 400 || status > 599 ? 502 : status;
        return error(shown, contentType, body);
    }

    /** An {@code error} event after the stream began; its type says which status it would have had. */
    static ProviderError inStream(Slice data) {
        JsonObject event = ProviderJson.object(data);
        JsonObject error = event.object("error");
        return error(ErrorTypes.status(error == null ? null : error.text("type")), "application/json", data.toBytes());
    }

    private static ProviderError error(int status, String contentType, byte[] body) {
        JsonObject root = root(body);
        JsonObject error = root == null ? null : root.object("error");
        String message = error != null ? error.text("message") : root == null ? null : text(root);
        String type = error == null ? null : error.text("type") != null ? error.text("type") : error.text("status");
        String id = root == null ? null : root.text("request_id");
        String said = message == null || message.isBlank() ? "The provider answered with status " + status + "." : message;
        return new ProviderError(status, type, null, null, scrubbed(said), AnthropicDialect.NAME, contentType, scrubbed(body), null,
                id == null || !id.matches("[\\x21-\\x7e]{1,200}") ? Map.of() : Map.of(REQUEST_ID, id));
    }

    private static String text(JsonObject root) {
        return root.text("error") != null ? root.text("error") : root.text("message") != null ? root.text("message") : root.text("Message");
    }

    private static JsonObject root(byte[] body) {
        try {
            JsonValue value = JsonReader.read(body);
            JsonValue first = value instanceof JsonArray array && !array.items().isEmpty() ? array.items().get(0) : value;
            return first instanceof JsonObject object ? object : null;
        } catch (GatewayException notJson) {
            return null;
        }
    }

    private static String scrubbed(String message) {
        String safe = KEY.matcher(message).replaceAll("***");
        return safe.length() > LONGEST_MESSAGE ? safe.substring(0, LONGEST_MESSAGE) + "..." : safe;
    }

    /** The same bytes unless they hold what looks like a key. */
    private static byte[] scrubbed(byte[] body) {
        String latin = new String(body, StandardCharsets.ISO_8859_1);
        return KEY.matcher(latin).find() ? KEY.matcher(latin).replaceAll("***").getBytes(StandardCharsets.ISO_8859_1) : body;
    }
}
