package org.sluice.gateway.provider.watsonx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.json.MemberSplice;

/** A chat request of OpenAI's in watsonx.ai's names. */
final class ChatBody {
    /** Members it does not have: left out and told. */
    static final List<String> UNKNOWN = List.of("audio", "enable_thinking", "function_call", "functions", "metadata", "min_p", "modalities",
            "parallel_tool_calls", "prediction", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention", "reasoning", "safety_identifier",
            "service_tier", "store", "thinking", "top_k", "user", "verbosity", "web_search_options");
    /** Values that ask for what happens anyway. */
    private static final Map<String, List<String>> DEFAULTS = Map.of("parallel_tool_calls", List.of("true"), "store", List.of("false"),
            "service_tier", List.of("\"auto\"", "\"default\""));
    private static final String TOOL_CHOICE = "tool_choice";

    private ChatBody() { }

    static Body accepted(Body body, Losses losses) {
        MemberSplice splice = MemberSplice.of(body);
        for (String name : UNKNOWN) {
            if (splice.has(name)) {
                String value = splice.value(name).text();
                if (!value.equals("null") && !name.equals("user") && !DEFAULTS.getOrDefault(name, List.of()).contains(value)) {
                    losses.drop(name, "watsonx.ai does not have it.");
                }
                splice.cut(name);
            }
        }
        Slice choice = splice.value(TOOL_CHOICE);
        if (choice != null && choice.text().startsWith("\"")) {
            splice.rename(TOOL_CHOICE, "tool_choice_option");
        }
        RawJson messages = withoutDevelopers(splice.value("messages"));
        if (messages != null) {
            splice.set("messages", messages);
        }
        return splice.isChanged() ? splice.toBody() : body;
    }

    /** The role developer is system there. Null when nobody has it. */
    private static RawJson withoutDevelopers(Slice messages) {
        if (messages == null || !messages.text().contains("\"developer\"")
                || !(JsonReader.read(messages.array(), messages.from(), messages.to()) instanceof JsonArray array)) {
            return null;
        }
        JsonWriter json = new JsonWriter(messages.length()).beginArray();
        for (JsonValue item : array.items()) {
            if (item instanceof JsonObject message && "developer".equals(message.text("role"))) {
                Map<String, RawJson> members = new LinkedHashMap<>();
                message.members().forEach((name, value) -> members.put(name, value.raw()));
                members.put("role", new RawJson("\"system\""));
                json.beginObject().members(members).endObject();
            } else {
                json.raw(item.raw());
            }
        }
        return new RawJson(json.endArray().toText());
    }

    /**
     * @param model null for a deployment, which its address names
     * @param place name and value of the project or the space; null for a deployment
     */
    static Body placed(Body body, String model, Map.Entry<String, String> place) {
        MemberSplice splice = MemberSplice.of(body).cut("model").cut("stream").cut("stream_options");
        if (model != null) {
            splice.set("model_id", text(model));
        }
        if (place != null) {
            splice.set(place.getKey(), text(place.getValue()));
        }
        return splice.toBody();
    }

    private static RawJson text(String value) {
        return new RawJson(new JsonWriter().value(value).toText());
    }
}
