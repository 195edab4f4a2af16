package org.sluice.gateway.pipeline;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.usage.Price;
import org.sluice.gateway.usage.UnitPrice;

/** What a call costs that is not sold by tokens: characters spoken, images made, minutes written down. */
final class UnitCost {
    private UnitCost() { }

    /**
     * Null when the model is not sold this way, or when nobody says how much it was.
     *
     * @param seconds of sound, as the answer tells them, or null
     */
    static BigDecimal of(Call call, Price price, BigDecimal seconds) {
        UnitPrice units = price == null ? null : price.units();
        if (units == null) {
            return null;
        }
        return switch (call.operation()) {
            case SPEECH -> text(call, "input") == null ? null : units.ofCharacters(text(call, "input").codePoints().count());
            case TRANSCRIPTION, TRANSLATION -> seconds == null ? null : units.ofSeconds(seconds.setScale(0, RoundingMode.CEILING)); // a second begun is billed
            case IMAGE, IMAGE_EDIT -> units.ofImages(value(call, "n") instanceof JsonNumber n && n.isLong() ? n.longValue() : 1,
                    otherwise(text(call, "quality"), "standard"), otherwise(text(call, "size"), "1024x1024"));
            default -> null;
        };
    }

    private static String otherwise(String given, String usual) {
        return given == null || given.equals("auto") ? usual : given;
    }

    private static String text(Call call, String name) {
        JsonValue value = value(call, name);
        return value == null ? null : value.asText();
    }

    private static JsonValue value(Call call, String name) {
        Slice raw = call.outline().value(name);
        try {
            return raw == null ? null : JsonReader.read(raw.array(), raw.from(), raw.to());
        } catch (GatewayException notJson) {
            return null;
        }
    }
}
