package org.sluice.gateway.prompt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.call.PromptVariable;
import org.sluice.gateway.call.Routing.WeightedModel;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * A version ready to be rendered. Immutable; compiled once, see {@link VersionCache}.
 *
 * @param model or null when the request names it
 * @param isStream or null when the request says it alone
 * @param parameters OpenAI's chat parameters besides model, messages and stream, as they are sent
 * @param template the messages as they are stored
 * @param size characters of its templates
 */
record CompiledVersion(String promptId, int version, String model, Boolean isStream, Map<String, Slice> parameters, List<MessageTemplate> messages,
        RawJson template, Map<String, PromptVariable> defaults, List<String> fallbacks, List<WeightedModel> balanced, int size) {
    private static final Set<String> SENT = Set.of("thinking", "temperature", "max_tokens", "top_p", "frequency_penalty", "presence_penalty",
            "reasoning_effort", "verbosity", "seed", "tools", "tool_choice");

    /** @throws org.sluice.gateway.error.GatewayException INVALID_VALUE when a text is not a template */
    static CompiledVersion read(String promptId, int version, RawJson settings) {
        JsonObject stored = VersionSettings.parse(settings);
        Map<String, Slice> parameters = new LinkedHashMap<>();
        for (String name : VersionSettings.NAMES) {
            JsonValue value = stored.present(name);
            if (value != null && SENT.contains(name) && !(value instanceof JsonArray list && list.items().isEmpty())) {
                parameters.put(name, Slice.utf8(value.raw().text()));
            }
        }
        RawJson format = format(stored);
        if (format != null) {
            parameters.put("response_format", Slice.utf8(format.text()));
        }
        List<MessageTemplate> messages = new ArrayList<>();
        int size = 0;
        for (JsonValue message : stored.items("messages")) {
            messages.add(MessageTemplate.read((JsonObject) message, "messages[" + messages.size() + "]"));
            size += messages.get(messages.size() - 1).size();
        }
        JsonValue stream = stored.present("stream");
        return new CompiledVersion(promptId, version, stored.text("model"), stream == null ? null : stream == JsonLiteral.TRUE, parameters, messages,
                stored.get("messages").raw(), VariableReader.defaults(stored.get("variables"), "variables"),
                stored.get("fallback_models") instanceof JsonArray list ? Lists.models(list) : List.of(),
                stored.get("load_balance_models") instanceof JsonArray list ? Lists.weighted(list) : List.of(), size);
    }

    /** {@code json_schema} is another spelling, with or without its envelope; one that is switched off is not sent. */
    private static RawJson format(JsonObject stored) {
        JsonValue format = stored.present("response_format");
        JsonObject schema = stored.object("json_schema");
        if (schema != null && (stored.isTrue("is_enforcing_response_format") || format == null && stored.get("is_enforcing_response_format") == null)) {
            JsonWriter json = new JsonWriter().beginObject().name("type").value("json_schema").name("json_schema");
            if (schema.object("schema") != null) {
                json.raw(schema.raw());
            } else {
                json.beginObject().name("name").value("answer").name("schema").raw(schema.raw()).endObject();
            }
            return new RawJson(json.endObject().toText());
        }
        if (format == null || format.asText() == null) {
            return format == null ? null : format.raw();
        }
        return new RawJson(new JsonWriter().beginObject().name("type").value(format.asText()).endObject().toText());
    }
}
