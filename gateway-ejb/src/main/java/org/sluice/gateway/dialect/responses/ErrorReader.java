package org.sluice.gateway.dialect.responses;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads a provider's error: OpenAI's {@code {"error":{...}}}, xAI's {@code {"code":...,"error":"text"}}, FastAPI's {@code
 * {"detail":...}}, the events {@code error} and {@code response.failed}, plain text. Keys in its words are blotted out.
 */
final class ErrorReader {
    private static final int BAD_GATEWAY = 502;
    private static final int MAX_MESSAGE = 4000;
    private static final int MAX_PLAIN_TEXT = 500;
    private static final Pattern SECRET = Pattern.compile(
            "\\bsk-[A-Za-z0-9_*-]{8,}|\\b(?:gsk_|xai-|pplx-|csk-|fw_|tgp_v1_|hf_|r8_|nvapi-)[A-Za-z0-9_*-]{16,}"
            + "|(?<=[Bb]earer )[A-Za-z0-9._~+/=-]{8,}|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9._-]{8,}");

    private ErrorReader() { }

    static ProviderError read(int status, String contentType, byte[] body) {
        byte[] scrubbed = scrubbed(body);
        JsonObject top = Json.objectOrNull(Slice.of(scrubbed));
        if (top == null) {
            return error(status, null, null, null, plain(contentType, scrubbed), contentType, scrubbed);
        }
        JsonObject response = top.object("response");
        JsonObject error = response != null && response.object("error") != null ? response.object("error")
                : top.object("error") != null ? top.object("error") : top;
        String type = "error".equals(error.text("type")) ? null : text(error, "type");
        String code = text(error, "code");
        return error(status(status, code, error), type, code, text(error, "param"), message(error), contentType, scrubbed);
    }

    private static ProviderError error(int status, String type, String code, String param, String message, String contentType, byte[] body) {
        String words = message == null || message.isBlank() ? "The provider answered with status " + status + "." : message;
        return new ProviderError(status, type, code, param, words.length() <= MAX_MESSAGE ? words : words.substring(0, MAX_MESSAGE),
                ResponsesDialect.NAME, contentType, body, null, Map.of());
    }

    private static String message(JsonObject error) {
        for (String name : new String[] {"message", "detail", "error", "msg"}) {
            JsonValue value = error.present(name);
            if (value != null) {
                return value.asText() != null ? value.asText() : value.raw().text();
            }
        }
        return null;
    }

    /** An error within a stream may tell the status it would have had, as a number or by its code. */
    private static int status(int status, String code, JsonObject error) {
        if (status != BAD_GATEWAY) {
            return status;
        }
        long named = error.number("code", error.number("status", 0));
        return named >= 400 && named < 600 ? (int) named
                : "rate_limit_exceeded".equals(code) ? 429
                : code != null && code.startsWith("invalid_") ? 400 : "server_error".equals(code) ? 500 : status;
    }

    private static String text(JsonObject object, String name) {
        JsonValue value = object.present(name);
        return value instanceof JsonNumber number ? number.text() : value == null || value.asText() == null || value.asText().isEmpty() ? null : value.asText();
    }

    private static byte[] scrubbed(byte[] body) {
        String latin = new String(body, StandardCharsets.ISO_8859_1);
        String scrubbed = SECRET.matcher(latin).replaceAll("***");
        return scrubbed.equals(latin) ? body : scrubbed.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String plain(String contentType, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, MAX_PLAIN_TEXT), StandardCharsets.UTF_8).strip();
        boolean isMarkup = text.startsWith("<") || contentType != null && contentType.contains("html");
        return isMarkup || text.isEmpty() ? null : text.replaceAll("[\\p{Cntrl}&&[^\\n]]", " ");
    }
}
