package org.sluice.gateway.prompt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.call.PromptReference;
import org.sluice.gateway.call.PromptVariable;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads the variables of a prompt: plain values, or objects with {@code _type} text, image_url, json or prompt (contract 7.4). */
final class VariableReader {
    private static final String TYPE = "_type";

    private VariableReader() { }

    /** @param path where the variables stand, for errors; absent variables are none */
    static Map<String, PromptVariable> read(JsonValue variables, String path) {
        if (variables == null || variables.isNull()) {
            return Map.of();
        }
        if (!(variables instanceof JsonObject object)) {
            throw GatewayException.invalid(path, "'" + path + "' is not an object of variables.");
        }
        Map<String, PromptVariable> read = new LinkedHashMap<>();
        object.members().forEach((name, value) -> read.put(name, variable(value, path + "." + name)));
        return read;
    }

    /** A list stands for its first item: it tells the values a version's variable may have. */
    static Map<String, PromptVariable> defaults(JsonValue variables, String path) {
        Map<String, PromptVariable> read = new LinkedHashMap<>(read(variables, path));
        read.replaceAll((name, variable) -> variable instanceof PromptVariable.Value value && value.value() instanceof List<?> allowed
                ? new PromptVariable.Value(allowed.isEmpty() ? "" : allowed.get(0)) : variable);
        return read;
    }

    private static PromptVariable variable(JsonValue value, String path) {
        if (!(value instanceof JsonObject object) || object.get(TYPE) == null) {
            return new PromptVariable.Value(plain(value));
        }
        String type = object.text(TYPE);
        JsonValue given = object.get("value");
        return switch (type == null ? "" : type) {
            case "text" -> new PromptVariable.Value(text(given, path));
            case "image_url" -> new PromptVariable.ImageUrl(url(given, path));
            case "json" -> new PromptVariable.Value(plain(needed(given, path)));
            case "prompt" -> new PromptVariable.Prompt(child(object, path));
            default -> throw GatewayException.invalid(path + "." + TYPE, "'" + path + "." + TYPE + "' is not one of text, image_url, json, prompt.");
        };
    }

    private static String text(JsonValue value, String path) {
        String text = value instanceof JsonNumber number ? number.text() : needed(value, path).asText();
        if (text == null) {
            throw GatewayException.invalid(path + ".value", "'" + path + ".value' is not a string.");
        }
        return text;
    }

    private static String url(JsonValue value, String path) {
        JsonValue given = needed(value, path);
        String url = given instanceof JsonObject object ? object.text("url") : given.asText();
        if (url == null || url.isBlank()) {
            throw GatewayException.invalid(path + ".value", "'" + path + ".value' is not the URL of an image, or a data: URL.");
        }
        return url;
    }

    private static JsonValue needed(JsonValue value, String path) {
        if (value == null) {
            throw GatewayException.invalid(path + ".value", "'" + path + ".value' is missing.");
        }
        return value;
    }

    private static PromptReference child(JsonObject object, String path) {
        return new PromptReference(ReferenceReader.id(object, path), ReferenceReader.version(object, path), read(object.get("variables"), path + ".variables"),
                null, null, false, false, PromptReference.Merge.DEFAULT);
    }

    /** As a template sees it. */
    static Object plain(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, Object> map = new LinkedHashMap<>();
            object.members().forEach((name, member) -> map.put(name, plain(member)));
            return map;
        }
        if (value instanceof JsonArray array) {
            List<Object> list = new ArrayList<>(array.items().size());
            array.items().forEach(item -> list.add(plain(item)));
            return list;
        }
        if (value instanceof JsonNumber number) {
            return number.isLong() ? (Object) number.longValue() : number.text().matches("-?[0-9]+") ? number.decimal().toBigInteger() : number.decimal().doubleValue();
        }
        return value instanceof JsonLiteral literal ? (literal == JsonLiteral.NULL ? null : (Object) (literal == JsonLiteral.TRUE)) : value.asText();
    }
}
