package org.sluice.gateway.dialect.anthropic;

import java.nio.charset.StandardCharsets;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads a provider's bytes: what is wrong with them is the provider's fault, not the caller's. */
final class ProviderJson {
    private ProviderJson() { }

    /** @throws GatewayException UPSTREAM_INVALID when the bytes are no JSON object */
    static JsonObject object(Slice bytes) {
        JsonObject object = objectOrNull(bytes);
        if (object == null) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not a JSON object.");
        }
        return object;
    }

    static JsonObject objectOrNull(Slice bytes) {
        try {
            return JsonReader.readAnswer(bytes.array(), bytes.from(), bytes.to()) instanceof JsonObject object ? object : null;
        } catch (GatewayException notJson) {
            return null;
        }
    }

    /** The value of JSON text, or null when it is none. */
    static JsonValue valueOrNull(String text) {
        try {
            return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (GatewayException notJson) {
            return null;
        }
    }

    static JsonValue value(RawJson json) {
        return JsonReader.read(json.text().getBytes(StandardCharsets.UTF_8));
    }
}
