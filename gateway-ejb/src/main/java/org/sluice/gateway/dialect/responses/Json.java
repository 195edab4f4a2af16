package org.sluice.gateway.dialect.responses;

import java.nio.charset.StandardCharsets;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** A provider's JSON, which may be anything. */
final class Json {
    private Json() { }

    static JsonValue valueOrNull(String text) {
        try {
            return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (GatewayException notJson) {
            return null;
        }
    }

    /** Bytes that are not UTF-8 become U+FFFD. */
    static JsonObject objectOrNull(Slice data) {
        try {
            return JsonReader.readAnswer(data.array(), data.from(), data.to()) instanceof JsonObject object ? object : null;
        } catch (GatewayException notJson) {
            return valueOrNull(data.text()) instanceof JsonObject object ? object : null;
        }
    }

    static JsonObject answer(byte[] body) {
        JsonObject answer = objectOrNull(Slice.of(body));
        if (answer == null) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not a JSON object.");
        }
        return answer;
    }
}
