package org.sluice.gateway.management;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** What the resources of prompts read from a request. */
final class PromptRequest {
    private static final int MAX_BODY = 4 * 1024 * 1024;
    private static final int NAME = 255;
    private static final int DESCRIPTION = 4_000;

    private PromptRequest() { }

    /** An absent body is an empty object. */
    static JsonObject body(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw new GatewayException(ErrorType.TOO_LARGE, "The request body is larger than " + MAX_BODY + " bytes.");
            }
            return JsonReader.readObject(bytes.length == 0 ? new byte[] {'{', '}'} : bytes);
        } catch (IOException e) {
            throw new GatewayException(ErrorType.INVALID_JSON, "The request body did not arrive whole.", e);
        }
    }

    /** Null when the body does not say. */
    static String name(JsonObject body) {
        String name = text(body, "name", NAME, false);
        if (name != null && name.isBlank()) {
            throw GatewayException.invalid("name", "'name' is empty.");
        }
        return name == null ? null : name.strip();
    }

    static String description(JsonObject body) {
        return text(body, "description", DESCRIPTION, true);
    }

    private static String text(JsonObject body, String name, int longest, boolean mayBreak) {
        JsonValue value = body.present(name);
        if (value == null) {
            return null;
        }
        String text = value.asText();
        boolean isPlain = text != null && text.chars().allMatch(c -> c >= 0x20 && c != 0x7f || mayBreak && (c == '\n' || c == '\r' || c == '\t'));
        if (!isPlain || text.length() > longest) {
            throw GatewayException.invalid(name, "'" + name + "' is not a text of at most " + longest + " characters.");
        }
        return text;
    }

    static Boolean flag(JsonObject body, String name) {
        JsonValue value = body.present(name);
        if (value != null && value != JsonLiteral.TRUE && value != JsonLiteral.FALSE) {
            throw GatewayException.invalid(name, "'" + name + "' is not true or false.");
        }
        return value == null ? null : Boolean.valueOf(value == JsonLiteral.TRUE);
    }

    /** The version to be deployed. */
    static int version(JsonObject body) {
        if (body.present("version") instanceof JsonNumber number && number.isLong() && number.longValue() > 0 && number.longValue() <= Integer.MAX_VALUE) {
            return (int) number.longValue();
        }
        throw GatewayException.invalid("version", "'version' is needed: the number of a committed version.");
    }

    /** {@code prod}, {@code test}, or null for both. */
    static String environment(JsonObject body) {
        JsonValue value = body.present("environment");
        if (value == null) {
            return null;
        }
        String name = String.valueOf(value.asText());
        if (Set.of("prod", "production").contains(name)) {
            return "prod";
        }
        if (Set.of("test", "development").contains(name)) {
            return "test";
        }
        throw GatewayException.invalid("environment", "'environment' is neither prod nor test.");
    }

    static int version(String path) {
        try {
            return Integer.parseInt(path);
        } catch (NumberFormatException e) {
            throw ManagementRequest.notFound();
        }
    }

    static int number(String name, String value, int otherwise, int most) {
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw GatewayException.invalid(name, "'" + name + "' is not a whole number from 1 to " + most + ".");
    }
}
