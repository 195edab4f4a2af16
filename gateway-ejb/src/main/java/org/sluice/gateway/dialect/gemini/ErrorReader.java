package org.sluice.gateway.dialect.gemini;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads errors: {@code {error: {code, message, status, details}}}, alone or in an array, and less than that. */
final class ErrorReader {
    private static final int BAD_GATEWAY = 502;
    private static final int LONGEST_MESSAGE = 2000;
    private static final Pattern KEY = Pattern.compile("AIza[A-Za-z0-9_-]{20,}|ya29\\.[A-Za-z0-9._-]+|(?i:bearer)\\s+[A-Za-z0-9._~+/=-]{8,}|(?<=[?&]key=)[A-Za-z0-9_-]{8,}");
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,6})(\\.\\d+)?s");

    private ErrorReader() { }

    static ProviderError read(int status, String contentType, byte[] body) {
        JsonObject root = ProviderJson.objectOrNull(Slice.of(body));
        JsonObject error = root == null ? null : Fields.object(root, "error");
        int shown = status < 400 || status > 599 || status == BAD_GATEWAY ? told(error) : status;
        String message = error != null ? Fields.text(error, "message") : root == null ? null
                : root.text("error") != null ? root.text("error") : root.text("message");
        String said = message == null || message.isBlank() ? "The provider answered with status " + shown + "." : message;
        return new ProviderError(shown, error == null ? null : Fields.text(error, "status"), reason(error), null, scrubbed(said),
                GeminiDialect.NAME, contentType, scrubbed(body), null, retryAfter(error));
    }

    /** An error after the stream began; its code says which status it would have had. */
    static ProviderError inStream(Slice data) {
        return read(BAD_GATEWAY, "application/json", data.toBytes());
    }

    private static int told(JsonObject error) {
        long code = error == null ? 0 : Fields.number(error, "code", 0);
        return code >= 400 && code <= 599 ? (int) code : BAD_GATEWAY;
    }

    /** {@code reason} of the first detail that has one, e.g. API_KEY_INVALID. */
    private static String reason(JsonObject error) {
        if (error != null) {
            for (JsonValue item : Fields.items(error, "details")) {
                if (item instanceof JsonObject detail && detail.text("reason") != null) {
                    return detail.text("reason");
                }
            }
        }
        return null;
    }

    private static Map<String, String> retryAfter(JsonObject error) {
        if (error != null) {
            for (JsonValue item : Fields.items(error, "details")) {
                String delay = item instanceof JsonObject detail ? Fields.text(detail, "retryDelay") : null;
                Matcher matcher = SECONDS.matcher(delay == null ? "" : delay);
                if (matcher.matches()) {
                    return Map.of("retry-after", Long.toString(Long.parseLong(matcher.group(1)) + (matcher.group(2) == null ? 0 : 1)));
                }
            }
        }
        return Map.of();
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
