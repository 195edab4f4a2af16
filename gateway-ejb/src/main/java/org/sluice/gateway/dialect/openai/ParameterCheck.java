package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;

/** Checks parameters where they stand in the body. JSON null counts as absent. All errors are INVALID_VALUE. */
final class ParameterCheck {
    private static final int MAX_MODEL = 200;
    private final byte[] body;
    private final Map<String, Member> members;

    ParameterCheck(byte[] body, Map<String, Member> members) {
        this.body = body;
        this.members = members;
    }

    /** The value unless it is absent or null; then null. */
    Slice present(String name) {
        Member member = members.get(name);
        return member == null || body[member.valueFrom()] == 'n' ? null : new Slice(body, member.valueFrom(), member.valueTo());
    }

    String model() {
        Slice value = present("model");
        if (value == null || value.length() == 2 && first(value) == '"') {
            return "";
        }
        String model = first(value) == '"' ? text(value) : null;
        if (model == null || !isModel(model)) {
            throw GatewayException.invalid("model", "'model' is not a model name: up to " + MAX_MODEL
                    + " letters, digits and . _ : @ / + -, without '..', '//' or a '/' at the end.");
        }
        return model;
    }

    boolean flag(String name) {
        Slice value = present(name);
        if (value == null) {
            return false;
        }
        if (first(value) != 't' && first(value) != 'f') {
            throw GatewayException.invalid(name, "'" + name + "' is not true or false.");
        }
        return first(value) == 't';
    }

    /** An integer literal: no point, no exponent. */
    void integer(String name, long min, long max) {
        Slice value = present(name);
        if (value != null && !isInteger(value, min, max)) {
            throw GatewayException.invalid(name, "'" + name + "' is not an integer from " + min + " to " + max + ".");
        }
    }

    void number(String name, int min, int max) {
        Slice value = present(name);
        if (value == null) {
            return;
        }
        double number = isNumber(value) ? Double.parseDouble(ascii(value)) : Double.NaN;
        if (!(number >= min && number <= max)) {
            throw GatewayException.invalid(name, "'" + name + "' is not a number from " + min + " to " + max + ".");
        }
    }

    void array(String name, int maxItems) {
        Slice value = present(name);
        if (value != null) {
            container(name, value, '[', "an array", maxItems, "items");
        }
    }

    void object(String name, int maxMembers) {
        Slice value = present(name);
        if (value != null) {
            container(name, value, '{', "an object", maxMembers, "members");
        }
    }

    private static void container(String name, Slice value, char opening, String what, int max, String of) {
        if (first(value) != opening) {
            throw GatewayException.invalid(name, "'" + name + "' is not " + what + ".");
        }
        if (value.length() > 2 * max && ValueScan.count(value, max) > max) {
            throw GatewayException.invalid(name, "'" + name + "' holds more than " + max + " " + of + ".");
        }
    }

    static char first(Slice value) {
        return (char) value.array()[value.from()];
    }

    private static boolean isNumber(Slice value) {
        return first(value) == '-' || first(value) >= '0' && first(value) <= '9';
    }

    private static boolean isInteger(Slice value, long min, long max) {
        if (!isNumber(value) || value.length() > 18) {
            return false;
        }
        for (int at = value.from() + 1; at < value.to(); at++) {
            if (value.array()[at] < '0' || value.array()[at] > '9') {
                return false;
            }
        }
        long number = Long.parseLong(ascii(value));
        return number >= min && number <= max;
    }

    private static String ascii(Slice value) {
        return new String(value.array(), value.from(), value.length(), StandardCharsets.US_ASCII);
    }

    private static String text(Slice value) {
        for (int at = value.from(); at < value.to(); at++) {
            if (value.array()[at] == '\\') {
                return JsonReader.read(value.array(), value.from(), value.to()).asText();
            }
        }
        return new String(value.array(), value.from() + 1, value.length() - 2, StandardCharsets.UTF_8);
    }

    private static boolean isModel(String model) {
        if (model.length() > MAX_MODEL || model.endsWith("/") || model.contains("..") || model.contains("//")) {
            return false;
        }
        for (int i = 0; i < model.length(); i++) {
            char c = model.charAt(i);
            boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '@';
            if (!isPlain && (i == 0 || "._:/+-".indexOf(c) < 0)) {
                return false;
            }
        }
        return true;
    }
}
