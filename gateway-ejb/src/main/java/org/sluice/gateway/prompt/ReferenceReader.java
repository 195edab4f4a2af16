package org.sluice.gateway.prompt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.call.PromptReference;
import org.sluice.gateway.call.PromptReference.Merge;
import org.sluice.gateway.call.PromptVariable;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads the {@code prompt} object of a request (contract 7.1). Every error is INVALID_VALUE with the member's path. What the
 * schema in force does not use is checked all the same, and ignored.
 */
public final class ReferenceReader {
    private static final String PATH = "prompt";
    private static final int LONGEST_ID = 255;
    /** {@code api_key} and the like are nobody's chat parameters, and what stands in the prompt is written to the log. */
    private static final Set<String> SECRET = Set.of("api_key", "api_base", "base_url");

    private ReferenceReader() { }

    /**
     * @param prompt the object
     * @param outside {@code variables} beside it, which those inside win over; or null
     * @param gatewayNames parameters of the gateway, which are no chat parameters
     */
    public static PromptReference read(JsonValue prompt, JsonValue outside, Set<String> gatewayNames) {
        if (!(prompt instanceof JsonObject object)) {
            throw GatewayException.invalid(PATH, "'prompt' is not an object like {\"prompt_id\": \"...\", \"variables\": {...}}.");
        }
        Map<String, PromptVariable> variables = new LinkedHashMap<>(VariableReader.read(outside, "variables"));
        variables.putAll(VariableReader.read(object.get("variables"), PATH + ".variables"));
        boolean isCustom = flag(object, "is_custom_prompt", false);
        JsonValue sent = object.present("variables") == null ? outside : object.get("variables");
        return new PromptReference(id(object, PATH), version(object, PATH), variables, sent == null ? null : sent.raw(), flag(object, "echo", null),
                flag(object, "strict_variables", false), isCustom, merge(object, gatewayNames));
    }

    /** {@code prompt_id}, {@code prompt_slug}, or {@code id} as OpenAI's own Responses API spells it. */
    static String id(JsonObject prompt, String path) {
        for (String name : new String[] {"prompt_id", "prompt_slug", "id"}) {
            JsonValue value = prompt.present(name);
            if (value != null) {
                String id = value.asText();
                if (id == null || id.isBlank() || id.length() > LONGEST_ID || id.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
                    throw GatewayException.invalid(path + "." + name, "'" + path + "." + name + "' is not the id of a prompt.");
                }
                return id;
            }
        }
        throw GatewayException.invalid(path + ".prompt_id", "'" + path + ".prompt_id' is missing.");
    }

    static int version(JsonObject prompt, String path) {
        JsonValue value = prompt.present("version");
        if (value == null) {
            return PromptReference.LIVE;
        }
        if ("latest".equals(value.asText())) {
            return PromptReference.LATEST;
        }
        String text = value instanceof JsonNumber number ? number.text() : value.asText();
        if (text == null || !text.matches("[1-9][0-9]{0,8}")) {
            throw GatewayException.invalid(path + ".version", "'" + path + ".version' is neither a version's number nor \"latest\".");
        }
        return Integer.parseInt(text);
    }

    private static Merge merge(JsonObject prompt, Set<String> gatewayNames) {
        JsonValue schema = prompt.present("schema_version");
        String version = schema == null ? "1" : schema instanceof JsonNumber number ? number.text() : schema.asText();
        if (!"1".equals(version) && !"2".equals(version)) {
            throw GatewayException.invalid(PATH + ".schema_version", "'prompt.schema_version' is neither 1 nor 2.");
        }
        boolean isPromptFirst = flag(prompt, "override", false);
        Map<String, RawJson> overrides = changes(prompt, "override_params", gatewayNames);
        Map<String, RawJson> patch = changes(prompt, "patch", gatewayNames);
        for (String name : new String[] {"messages", "input"}) {
            if (patch.containsKey(name)) {
                throw GatewayException.invalid(PATH + ".patch." + name, "'prompt.patch." + name + "' cannot be: a patch changes parameters, not the conversation.");
            }
        }
        boolean areAppended = areAppended(prompt);
        return version.equals("1") ? new Merge(1, isPromptFirst, overrides, areAppended) : new Merge(2, true, patch, false);
    }

    private static boolean areAppended(JsonObject prompt) {
        JsonValue config = prompt.present("override_config");
        if (config != null && !(config instanceof JsonObject)) {
            throw GatewayException.invalid(PATH + ".override_config", "'prompt.override_config' is not an object.");
        }
        JsonValue mode = config == null ? null : ((JsonObject) config).present("messages_override_mode");
        if (mode != null && !"append".equals(mode.asText()) && !"override".equals(mode.asText())) {
            throw GatewayException.invalid(PATH + ".override_config.messages_override_mode",
                    "'prompt.override_config.messages_override_mode' is neither append nor override.");
        }
        return mode != null && mode.asText().equals("append");
    }

    /** Members in their own spelling; null counts as absent. */
    private static Map<String, RawJson> changes(JsonObject prompt, String name, Set<String> gatewayNames) {
        JsonValue value = prompt.present(name);
        if (value == null || value instanceof JsonLiteral) {
            return Map.of();
        }
        String path = PATH + "." + name;
        if (!(value instanceof JsonObject object)) {
            throw GatewayException.invalid(path, "'" + path + "' is not an object of chat parameters.");
        }
        Map<String, RawJson> changes = new LinkedHashMap<>();
        object.members().forEach((member, changed) -> {
            if (gatewayNames.contains(member) || SECRET.contains(member)) {
                throw GatewayException.invalid(path + "." + member, "'" + path + "." + member + "' is no parameter of a chat; send it beside the prompt.");
            }
            if (!changed.isNull()) {
                check(member, changed, path);
                changes.put(member, changed.raw());
            }
        });
        return changes;
    }

    private static void check(String member, JsonValue value, String path) {
        boolean isWrong = switch (member) {
            case "model" -> value.asText() == null;
            case "messages", "tools" -> !(value instanceof JsonArray);
            case "stream" -> value != JsonLiteral.TRUE && value != JsonLiteral.FALSE;
            case "temperature", "top_p", "max_tokens", "max_completion_tokens", "n", "frequency_penalty", "presence_penalty", "seed" -> !(value instanceof JsonNumber);
            default -> false;
        };
        if (isWrong) {
            throw GatewayException.invalid(path + "." + member, "'" + path + "." + member + "' has the wrong type.");
        }
    }

    private static Boolean flag(JsonObject prompt, String name, Boolean otherwise) {
        JsonValue value = prompt.present(name);
        if (value != null && value != JsonLiteral.TRUE && value != JsonLiteral.FALSE) {
            throw GatewayException.invalid(PATH + "." + name, "'prompt." + name + "' is not true or false.");
        }
        return value == null ? otherwise : Boolean.valueOf(value == JsonLiteral.TRUE);
    }
}
