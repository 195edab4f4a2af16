package org.sluice.gateway.dialect.gemini;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a generateContent request means, as the API's documentation says: names in either case, functions in one tool or in
 * several, a schema in either notation, the role of an instruction without meaning, an empty configuration as good as none.
 */
final class RequestMeaning {
    private static final List<String> TYPES = List.of("", "string", "number", "integer", "boolean", "array", "object", "null");

    private RequestMeaning() { }

    static Object of(byte[] body) {
        Map<String, Object> request = camel(Plain.object(Plain.of(body)));
        if (request.get("systemInstruction") instanceof Map) {
            request.put("systemInstruction", content(Plain.object(request.get("systemInstruction"))).get("parts"));
        }
        request.computeIfPresent("contents", (name, contents) -> Plain.list(contents).stream().map(item -> content(Plain.object(item))).toList());
        List<Object> tools = new ArrayList<>();
        for (Object item : Plain.list(request.getOrDefault("tools", List.of()))) {
            camel(Plain.object(item)).forEach((name, value) -> {
                if (name.equals("functionDeclarations")) {
                    Plain.list(value).forEach(declaration -> tools.add(function(camel(Plain.object(declaration)))));
                } else {
                    tools.add(Map.of(name, value));
                }
            });
        }
        request.put("tools", tools);
        request.computeIfPresent("toolConfig", (name, config) -> camel(Plain.object(config)));
        Map<String, Object> config = camel(Plain.object(request.getOrDefault("generationConfig", Map.of())));
        Object schema = config.containsKey("responseSchema") ? config.remove("responseSchema") : config.remove("responseJsonSchema");
        if (schema != null) {
            config.put("schema", schema(schema));
        }
        request.put("generationConfig", config);
        return request;
    }

    private static Map<String, Object> content(Map<String, Object> content) {
        List<Object> parts = new ArrayList<>();
        for (Object item : Plain.list(content.getOrDefault("parts", List.of()))) {
            Map<String, Object> part = camel(Plain.object(item));
            part.computeIfPresent("inlineData", (name, data) -> camel(Plain.object(data)));
            part.computeIfPresent("fileData", (name, data) -> camel(Plain.object(data)));
            parts.add(part);
        }
        return new TreeMap<>(Map.of("role", content.getOrDefault("role", "user"), "parts", parts));
    }

    private static Object function(Map<String, Object> function) {
        Object schema = function.containsKey("parameters") ? function.remove("parameters") : function.remove("parametersJsonSchema");
        boolean isEmpty = schema == null || Plain.object(Plain.object(schema).getOrDefault("properties", Map.of())).isEmpty();
        function.put("schema", isEmpty ? Map.of() : schema(schema));
        return function;
    }

    private static Object schema(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(RequestMeaning::schema).toList();
        }
        if (!(value instanceof Map)) {
            return value;
        }
        Map<String, Object> schema = new TreeMap<>(Plain.object(value));
        schema.remove("propertyOrdering");
        schema.computeIfPresent("type", (name, type) -> type instanceof BigDecimal number ? TYPES.get(number.intValue())
                : type instanceof String text ? text.toLowerCase(Locale.ROOT) : type);
        schema.replaceAll((name, member) -> name.equals("properties") ? named(member) : name.equals("items") || name.equals("anyOf") ? schema(member) : member);
        if (Boolean.TRUE.equals(schema.remove("nullable"))) {
            schema.put("type", List.of(schema.get("type"), "null"));
        }
        return schema;
    }

    private static Object named(Object properties) {
        Map<String, Object> all = new TreeMap<>(Plain.object(properties));
        all.replaceAll((name, member) -> schema(member));
        return all;
    }

    private static Map<String, Object> camel(Map<String, Object> object) {
        Map<String, Object> camel = new TreeMap<>();
        object.forEach((name, value) -> {
            StringBuilder written = new StringBuilder();
            for (String word : name.split("_")) {
                written.append(written.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
            }
            camel.put(written.toString(), value);
        });
        return camel;
    }
}
