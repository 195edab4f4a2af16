package org.sluice.gateway.prompt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonWriter;

/** Where a dialect's requests keep the conversation, and which of their objects are joined member by member. */
enum DialectForm {
    OPENAI("messages", null, Set.of()),
    ANTHROPIC("messages", "system", Set.of("output_config")),
    GEMINI("contents", "systemInstruction", Set.of("generationConfig")),
    RESPONSES("input", "instructions", Set.of("text", "reasoning"));

    /** The member that holds the turns. */
    final String turns;
    /** The member that holds what the system says, or null when it is among the turns. */
    final String system;
    private final Set<String> nested;

    DialectForm(String turns, String system, Set<String> nested) {
        this.turns = turns;
        this.system = system;
        this.nested = nested;
    }

    static DialectForm of(Call call) {
        return switch (call.ingress().name()) {
            case "openai" -> OPENAI;
            case "anthropic" -> ANTHROPIC;
            case "gemini" -> GEMINI;
            case "responses" -> RESPONSES;
            default -> throw GatewayException.invalid("prompt", "A managed prompt works with chat completions, responses, Anthropic messages and Gemini contents.");
        };
    }

    /** The body's members in this dialect's spelling, those of nested objects under {@code object.member}; nulls are left out. */
    Map<String, Slice> members(Map<String, Member> members, byte[] body, Set<String> gatewayNames) {
        Map<String, Slice> read = new LinkedHashMap<>();
        members.forEach((name, member) -> {
            Slice value = new Slice(body, member.valueFrom(), member.valueTo());
            String spelled = this == GEMINI && !gatewayNames.contains(name) ? camel(name) : name;
            if (nested.contains(spelled) && first(value) == '{') {
                byte[] object = value.text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
                JsonReader.readMembers(object).forEach((inner, place) ->
                        put(read, spelled + "." + (this == GEMINI ? camel(inner) : inner), new Slice(object, place.valueFrom(), place.valueTo())));
            } else {
                put(read, spelled, value);
            }
        });
        return read;
    }

    private static void put(Map<String, Slice> read, String name, Slice value) {
        if (first(value) != 'n') {
            read.put(name, value);
        }
    }

    /** The opposite of {@link #members}. */
    void write(Map<String, Slice> members, JsonWriter json) {
        members.forEach((name, value) -> {
            if (object(name) == null) {
                json.name(name).raw(value);
            }
        });
        for (String object : nested) {
            List<String> inside = members.keySet().stream().filter(name -> object.equals(object(name))).toList();
            if (!inside.isEmpty()) {
                json.name(object).beginObject();
                inside.forEach(name -> json.name(name.substring(object.length() + 1)).raw(members.get(name)));
                json.endObject();
            }
        }
    }

    private String object(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && nested.contains(name.substring(0, dot)) ? name.substring(0, dot) : null;
    }

    private static String camel(String name) {
        if (name.indexOf('_') < 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.length());
        boolean isUpper = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                isUpper = true;
            } else {
                camel.append(isUpper ? Character.toUpperCase(c) : c);
                isUpper = false;
            }
        }
        return camel.toString();
    }

    private static char first(Slice value) {
        return (char) value.array()[value.from()];
    }
}
