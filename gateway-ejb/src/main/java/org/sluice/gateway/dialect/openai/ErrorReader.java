package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads a compatible provider's error: {@code {"error":{...}}}, {@code {"error":"text"}}, {@code {"message":...}}
 * (Mistral), {@code {"detail":...}} (FastAPI), an array of one of these (Gemini), plain text. A code may be a number.
 */
final class ErrorReader {
    static final int BAD_GATEWAY = 502;
    private static final int MAX_MESSAGE = 4000;
    private static final int MAX_PLAIN_TEXT = 500;

    private ErrorReader() { }

    static ProviderError read(int status, String contentType, byte[] body) {
        byte[] scrubbed = Scrub.bytes(body);
        JsonValue json = json(scrubbed);
        if (json instanceof JsonArray array && !array.items().isEmpty()) {
            json = array.items().get(0);
        }
        if (!(json instanceof JsonObject top)) {
            return error(status, null, null, null, json == null ? plain(status, contentType, scrubbed) : json.asText(), contentType, scrubbed);
        }
        JsonObject error = top.object("error") != null ? top.object("error") : top;
        String type = text(error, "type", "status");
        String code = text(error, "code", null);
        return error(knownStatus(status, error), type, code, text(error, "param", null), message(top, error), contentType, scrubbed);
    }

    private static ProviderError error(int status, String type, String code, String param, String message, String contentType, byte[] body) {
        String words = message == null || message.isBlank() ? "The provider answered with status " + status + "." : Scrub.text(message);
        return new ProviderError(status, type, code, param, words.length() <= MAX_MESSAGE ? words : words.substring(0, MAX_MESSAGE),
                OpenAiDialect.NAME, contentType, body, null, Map.of());
    }

    private static JsonValue json(byte[] body) {
        try {
            return JsonReader.read(body);
        } catch (GatewayException notJson) {
            return null;
        }
    }

    private static String message(JsonObject top, JsonObject error) {
        for (String name : new String[] {"message", "detail", "error", "msg", "error_message", "errors"}) {
            String words = words(error.present(name));
            if (words != null) {
                return words;
            }
        }
        return error == top ? null : words(top.present("message"));
    }

    private static String words(JsonValue value) {
        if (value instanceof JsonArray array) {
            List<String> all = new ArrayList<>();
            array.items().forEach(item -> all.add(words(item)));
            all.removeIf(words -> words == null);
            return all.isEmpty() ? null : String.join("; ", all);
        }
        if (value instanceof JsonObject object) {
            String words = text(object, "message", "msg");
            if (words == null) {
                words = words(object.present("detail"));
            }
            return words == null ? object.raw().text() : object.get("loc") instanceof JsonArray loc ? path(loc) + ": " + words : words;
        }
        return value == null || value.asText() == null || value.asText().isBlank() ? null : value.asText();
    }

    private static String path(JsonArray loc) {
        List<String> steps = new ArrayList<>();
        loc.items().forEach(step -> steps.add(step.asText() == null ? step.raw().text() : step.asText()));
        return String.join(".", steps);
    }

    /** A string or a number as text, else null. */
    private static String text(JsonObject object, String name, String otherName) {
        JsonValue value = object.present(name);
        if (value instanceof JsonNumber number) {
            return number.text();
        }
        if (value != null && value.asText() != null && !value.asText().isEmpty()) {
            return value.asText();
        }
        return otherName == null ? null : text(object, otherName, null);
    }

    /** An error that came with a good status, or within a stream, may name the status it would have had. */
    private static int knownStatus(int status, JsonObject error) {
        if (status != BAD_GATEWAY) {
            return status;
        }
        for (String name : new String[] {"status_code", "code", "http_status"}) {
            long named = error.number(name, 0);
            if (named >= 400 && named < 600) {
                return (int) named;
            }
        }
        return status;
    }

    private static String plain(int status, String contentType, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, MAX_PLAIN_TEXT), StandardCharsets.UTF_8).strip();
        boolean isMarkup = text.startsWith("<") || contentType != null && contentType.contains("html");
        return isMarkup || text.isEmpty() ? null : text.replaceAll("[\\p{Cntrl}&&[^\\n]]", " ");
    }
}
