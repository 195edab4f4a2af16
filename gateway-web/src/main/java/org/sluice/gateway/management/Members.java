package org.sluice.gateway.management;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * The members of a body, one by one. Each reader takes what holds when the member is absent; JSON null empties it. What is
 * wrong is INVALID_VALUE with the member's name. Members that nobody reads are overlooked: {@code organization}, {@code id} and
 * {@code created_at} cannot be set from outside.
 *
 * @param at what stands in front of the names in errors, e.g. {@code extra_kwargs.}
 */
record Members(JsonObject json, String at) {
    private static final int MAX_ITEMS = 1_000;

    static Members of(JsonObject json) {
        return new Members(json, "");
    }

    boolean has(String name) {
        return json.get(name) != null;
    }

    JsonValue get(String name) {
        return json.get(name);
    }

    /** A text that is not blank, at most {@code longest} characters; surrounding blanks go. */
    String text(String name, int longest, String otherwise) {
        JsonValue value = json.get(name);
        if (value == null || value.isNull()) {
            return value == null ? otherwise : null;
        }
        String text = value.asText() == null ? "" : value.asText().strip();
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw wrong(name, "a text of 1 to " + longest + " characters");
        }
        return text;
    }

    /** Like {@link #text}, and not absent in the end. */
    String needed(String name, int longest, String otherwise) {
        String text = text(name, longest, otherwise);
        if (text == null) {
            throw GatewayException.invalid(at + name, "'" + at + name + "' is needed.");
        }
        return text;
    }

    /** A truth value; 0 and 1 count, for older clients. */
    Boolean flag(String name, Boolean otherwise) {
        JsonValue value = json.get(name);
        if (value == null || value.isNull()) {
            return value == null ? otherwise : null;
        }
        if (value == JsonLiteral.TRUE || value == JsonLiteral.FALSE) {
            return value == JsonLiteral.TRUE;
        }
        if (value instanceof JsonNumber number && (number.text().equals("0") || number.text().equals("1"))) {
            return number.text().equals("1");
        }
        throw wrong(name, "true or false");
    }

    Long count(String name, long most, Long otherwise) {
        JsonValue value = json.get(name);
        if (value == null || value.isNull()) {
            return value == null ? otherwise : null;
        }
        long number = json.number(name, -1);
        if (number < 1 || number > most) {
            throw wrong(name, "a whole number from 1 to " + most);
        }
        return number;
    }

    /** A number with {@code least <= number <= most}; {@code isAbove} leaves the least out. */
    BigDecimal number(String name, String least, boolean isAbove, String most, BigDecimal otherwise) {
        JsonValue value = json.get(name);
        if (value == null || value.isNull()) {
            return value == null ? otherwise : null;
        }
        BigDecimal number = value instanceof JsonNumber given && given.text().length() <= 40 ? given.decimal() : null;
        int over = number == null ? -1 : number.compareTo(new BigDecimal(least));
        if (over < 0 || over == 0 && isAbove || number.compareTo(new BigDecimal(most)) > 0) {
            throw wrong(name, "a number " + (isAbove ? "above " : "from ") + least + (isAbove ? " and at most " : " to ") + most);
        }
        return number;
    }

    /** Texts; JSON null and an empty list are the same. */
    List<String> texts(String name, int longest, List<String> otherwise) {
        JsonValue value = json.get(name);
        if (value == null || value.isNull()) {
            return value == null ? otherwise : List.of();
        }
        if (!(value instanceof JsonArray array) || array.items().size() > MAX_ITEMS) {
            throw wrong(name, "a list of at most " + MAX_ITEMS + " texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonValue item : array.items()) {
            String text = item.asText();
            if (text == null || text.isBlank() || text.length() > longest) {
                throw wrong(name + "[" + texts.size() + "]", "a text of 1 to " + longest + " characters");
            }
            texts.add(text.strip());
        }
        return List.copyOf(texts);
    }

    /** The members of an object; null when it is absent or JSON null. */
    Members object(String name) {
        JsonValue value = json.present(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonObject object) {
            return new Members(object, at + name + ".");
        }
        throw wrong(name, "an object");
    }

    GatewayException wrong(String name, String what) {
        return GatewayException.invalid(at + name, "'" + at + name + "' must be " + what + ".");
    }
}
