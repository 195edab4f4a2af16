package org.sluice.gateway.prompt;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * The settings of a version as they are stored: one JSON object, each member as it was spelled (contract 7.5). Whatever is not
 * in the list is refused, so that no credential or address can be stored under a name nobody looks at.
 */
public final class VersionSettings {
    /** Every setting, in the order in which it is shown. */
    public static final List<String> NAMES = List.of("messages", "model", "thinking", "stream", "temperature", "max_tokens", "top_p", "frequency_penalty",
            "presence_penalty", "reasoning_effort", "verbosity", "seed", "variables", "fallback_models", "load_balance_models", "tools", "tool_choice",
            "response_format", "json_schema", "is_enforcing_response_format");
    /** What clients send back from an answer; it cannot be set. */
    private static final Set<String> SHOWN = Set.of("id", "prompt_version_id", "version", "readonly", "is_deployed", "deployed_environments", "edited_by",
            "created_at", "updated_at", "description", "deploy");
    private static final Set<String> TEXTS = Set.of("model", "reasoning_effort", "verbosity");
    private static final Set<String> FLAGS = Set.of("stream", "is_enforcing_response_format");
    private static final Set<String> OBJECTS = Set.of("thinking", "variables", "json_schema");
    private static final Set<String> LISTS = Set.of("messages", "fallback_models", "load_balance_models", "tools");
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final int MAX_SETTINGS = 900_000;
    private static final int MAX_SOURCE = 256 << 10;
    private static final int MAX_MESSAGES = 256;
    private static final int MAX_TEXTS = 256;

    private VersionSettings() { }

    /**
     * @param body what a client sent
     * @param before what is stored now, whose members stay where the body says nothing; or null. JSON null empties a member
     * @throws GatewayException INVALID_VALUE with the member's path: an unknown or wrong one, a text that is no template
     */
    public static RawJson read(JsonObject body, RawJson before) {
        Map<String, RawJson> members = new LinkedHashMap<>();
        if (before != null) {
            parse(before).members().forEach((name, value) -> members.put(name, value.raw()));
        }
        body.members().forEach((name, value) -> {
            if (!NAMES.contains(name)) {
                if (!SHOWN.contains(name)) {
                    throw GatewayException.invalid(name, "'" + name + "' is no setting of a prompt version; there are: " + String.join(", ", NAMES) + ".");
                }
                return;
            }
            members.remove(name);
            if (!value.isNull()) {
                members.put(name, checked(name, value));
            }
        });
        if (!members.containsKey("messages")) {
            throw GatewayException.invalid("messages", "'messages' is needed: the texts of the prompt.");
        }
        JsonWriter json = new JsonWriter(2_048).beginObject();
        NAMES.stream().filter(members::containsKey).forEach(name -> json.name(name).raw(members.get(name)));
        RawJson settings = new RawJson(json.endObject().toText());
        if (settings.text().length() > MAX_SETTINGS) {
            throw GatewayException.invalid(null, "A prompt version may have " + MAX_SETTINGS + " characters of settings.");
        }
        CompiledVersion compiled = CompiledVersion.read("", 0, settings);
        if (compiled.messages().stream().mapToInt(MessageTemplate::texts).sum() > MAX_TEXTS) {
            throw GatewayException.invalid("messages", "The messages of a prompt version may have " + MAX_TEXTS + " texts and parts together.");
        }
        if (compiled.size() > MAX_SOURCE) {
            throw GatewayException.invalid("messages", "The texts of a prompt version may have " + MAX_SOURCE + " characters together.");
        }
        return settings;
    }

    static JsonObject parse(RawJson settings) {
        return JsonReader.readObject(settings.text().getBytes(StandardCharsets.UTF_8));
    }

    private static RawJson checked(String name, JsonValue value) {
        boolean isRight = TEXTS.contains(name) ? value.asText() != null && !value.asText().isBlank() && value.asText().length() <= 200
                : FLAGS.contains(name) ? value == JsonLiteral.TRUE || value == JsonLiteral.FALSE
                : OBJECTS.contains(name) ? value instanceof JsonObject
                : LISTS.contains(name) ? value instanceof JsonArray
                : switch (name) {
                    case "temperature" -> isNumber(value, 0, 2);
                    case "top_p" -> isNumber(value, 0, 1);
                    case "frequency_penalty", "presence_penalty" -> isNumber(value, -2, 2);
                    case "max_tokens" -> value instanceof JsonNumber number && number.isLong() && number.longValue() >= 1 && number.longValue() <= Integer.MAX_VALUE;
                    case "seed" -> value instanceof JsonNumber number && number.isLong();
                    default -> value.asText() != null || value instanceof JsonObject;
                };
        if (!isRight) {
            throw GatewayException.invalid(name, "'" + name + "' " + wanted(name));
        }
        inside(name, value);
        return value.raw();
    }

    private static String wanted(String name) {
        return TEXTS.contains(name) ? "is not a text of 1 to 200 characters." : FLAGS.contains(name) ? "is not true or false."
                : OBJECTS.contains(name) ? "is not an object." : LISTS.contains(name) ? "is not a list." : switch (name) {
                    case "temperature" -> "is not a number from 0 to 2.";
                    case "top_p" -> "is not a number from 0 to 1.";
                    case "frequency_penalty", "presence_penalty" -> "is not a number from -2 to 2.";
                    case "max_tokens", "seed" -> "is not a whole number that can be.";
                    default -> "is neither a text nor an object.";
                };
    }

    private static boolean isNumber(JsonValue value, int least, int most) {
        double number = value instanceof JsonNumber given ? given.decimal().doubleValue() : Double.NaN;
        return number >= least && number <= most;
    }

    private static void inside(String name, JsonValue value) {
        switch (name) {
            case "messages" -> messages((JsonArray) value);
            case "variables" -> VariableReader.defaults(value, "variables");
            case "fallback_models" -> Lists.models((JsonArray) value);
            case "load_balance_models" -> Lists.weighted((JsonArray) value);
            case "tools" -> Lists.objects((JsonArray) value, "tools", 1_024);
            default -> { }
        }
    }

    private static void messages(JsonArray messages) {
        if (messages.items().isEmpty()) {
            throw GatewayException.invalid("messages", "'messages' is empty; a prompt has at least one message.");
        }
        Lists.objects(messages, "messages", MAX_MESSAGES);
        for (int i = 0; i < messages.items().size(); i++) {
            String role = ((JsonObject) messages.items().get(i)).text("role");
            if (role == null || !ROLES.contains(role)) {
                throw GatewayException.invalid("messages[" + i + "].role", "'messages[" + i + "].role' is not one of system, developer, user, assistant, tool.");
            }
        }
    }
}
