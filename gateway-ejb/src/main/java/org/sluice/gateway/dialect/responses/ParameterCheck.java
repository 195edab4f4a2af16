package org.sluice.gateway.dialect.responses;

import java.util.Map;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Checks top-level members. JSON null counts as absent. All errors are INVALID_VALUE. */
final class ParameterCheck {
    private static final int MAX_MODEL = 200;
    private final byte[] body;
    private final Map<String, Member> members;

    ParameterCheck(byte[] body, Map<String, Member> members) {
        this.body = body;
        this.members = members;
    }

    /** The first byte of the value, 0 when it is absent or null. */
    char first(String name) {
        Member member = members.get(name);
        return member == null || body[member.valueFrom()] == 'n' ? 0 : (char) body[member.valueFrom()];
    }

    JsonValue present(String name) {
        Member member = members.get(name);
        return first(name) == 0 ? null : JsonReader.read(body, member.valueFrom(), member.valueTo());
    }

    String model() {
        JsonValue value = present("model");
        if (value == null || "".equals(value.asText())) {
            return "";
        }
        if (value.asText() == null || !isModel(value.asText())) {
            throw GatewayException.invalid("model", "'model' is not a model name: up to " + MAX_MODEL
                    + " letters, digits and . _ : @ / + -, without '..', '//' or a '/' at the end.");
        }
        return value.asText();
    }

    private static boolean isModel(String model) {
        return model.length() <= MAX_MODEL && model.matches("[a-zA-Z0-9@][a-zA-Z0-9@._:/+-]*")
                && !model.endsWith("/") && !model.contains("..") && !model.contains("//");
    }

    boolean flag(String name) {
        JsonValue value = present(name);
        if (value != null && value != JsonLiteral.TRUE && value != JsonLiteral.FALSE) {
            throw GatewayException.invalid(name, "'" + name + "' is not true or false.");
        }
        return value == JsonLiteral.TRUE;
    }

    void text(String name) {
        if (first(name) != 0 && first(name) != '"') {
            throw GatewayException.invalid(name, "'" + name + "' is not a string.");
        }
    }

    void integer(String name, long min) {
        JsonValue value = present(name);
        if (value != null && !(value instanceof JsonNumber number && number.isLong() && number.longValue() >= min
                && number.longValue() <= Integer.MAX_VALUE)) {
            throw GatewayException.invalid(name, "'" + name + "' is not an integer from " + min + " to " + Integer.MAX_VALUE + ".");
        }
    }

    void number(String name, int min, int max) {
        JsonValue value = present(name);
        double number = value instanceof JsonNumber given ? given.decimal().doubleValue() : Double.NaN;
        if (value != null && !(number >= min && number <= max)) {
            throw GatewayException.invalid(name, "'" + name + "' is not a number from " + min + " to " + max + ".");
        }
    }

    void array(String name, int max) {
        JsonValue value = present(name);
        if (value != null && !(value instanceof JsonArray)) {
            throw GatewayException.invalid(name, "'" + name + "' is not an array.");
        }
        if (value instanceof JsonArray array && array.items().size() > max) {
            throw GatewayException.invalid(name, "'" + name + "' holds more than " + max + " items.");
        }
    }

    void object(String name, int maxMembers, int maxBytes) {
        JsonValue value = present(name);
        if (value != null && !(value instanceof JsonObject)) {
            throw GatewayException.invalid(name, "'" + name + "' is not an object.");
        }
        if (value instanceof JsonObject object && (object.members().size() > maxMembers || object.to() - object.from() > maxBytes)) {
            throw GatewayException.invalid(name, "'" + name + "' holds more than " + maxMembers + " members or " + maxBytes + " bytes.");
        }
    }
}
