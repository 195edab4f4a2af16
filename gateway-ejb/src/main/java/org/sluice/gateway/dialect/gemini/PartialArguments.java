package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * The arguments of one call that comes in pieces: each piece tells where in the arguments it stands ({@code
 * $.recipe.steps[0]}), and pieces of one string are joined.
 */
final class PartialArguments {
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\[(\\d{1,5})]|\\['([^']*)']|\\[\"([^\"]*)\"]");
    private final Map<String, Object> values = new LinkedHashMap<>();

    void add(JsonObject call) {
        for (JsonValue item : Fields.items(call, "partialArgs")) {
            if (item instanceof JsonObject piece && Fields.text(piece, "jsonPath") != null) {
                add(Fields.text(piece, "jsonPath"), piece);
            }
        }
    }

    private void add(String path, JsonObject piece) {
        String text = Fields.text(piece, "stringValue");
        if (text != null) {
            Object before = values.get(path);
            values.put(path, before instanceof StringBuilder words ? words.append(text) : new StringBuilder(text));
        } else {
            JsonValue value = Fields.get(piece, "numberValue") != null ? Fields.get(piece, "numberValue") : Fields.get(piece, "boolValue");
            values.put(path, value == null ? RawJson.NULL : value.raw());
        }
    }

    /** The arguments as JSON text, "" when there were no pieces. */
    String text() {
        if (values.isEmpty()) {
            return "";
        }
        Map<String, Object> root = new LinkedHashMap<>();
        values.forEach((path, value) -> put(root, steps(path), value));
        JsonWriter json = new JsonWriter();
        write(json, root);
        return json.toText();
    }

    private static List<Object> steps(String path) {
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
            steps.add(name != null ? (Object) name : Integer.valueOf(matcher.group(2)));
        }
        return steps;
    }

    /** Lists are kept by their indexes until they are written. */
    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> root, List<Object> steps, Object value) {
        Map<Object, Object> at = (Map<Object, Object>) (Map<?, ?>) root;
        for (int i = 0; i < steps.size(); i++) {
            if (i == steps.size() - 1) {
                at.put(steps.get(i), value);
            } else {
                Object next = at.get(steps.get(i));
                if (!(next instanceof Map)) {
                    next = new LinkedHashMap<>();
                    at.put(steps.get(i), next);
                }
                at = (Map<Object, Object>) next;
            }
        }
    }

    private static void write(JsonWriter json, Object value) {
        if (!(value instanceof Map<?, ?> nested)) {
            if (value instanceof RawJson raw) {
                json.raw(raw);
            } else {
                json.value(value.toString());
            }
        } else if (!nested.isEmpty() && nested.keySet().stream().allMatch(Integer.class::isInstance)) {
            json.beginArray();
            nested.values().forEach(item -> write(json, item));
            json.endArray();
        } else {
            json.beginObject();
            nested.forEach((name, item) -> write(json.name(name.toString()), item));
            json.endObject();
        }
    }
}
