package org.sluice.gateway.prompt;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Writes what a prompt says in the client's dialect. A prompt is kept in OpenAI's form; for a client of another dialect it goes
 * over the canonical chat, and what that dialect has no word for is told as a loss. For one call.
 */
final class PromptWriter {
    private static final Set<String> SYSTEM = Set.of("system", "developer");
    private static final Slice SOMEBODY = Slice.utf8("[{\"role\":\"user\",\"content\":\"-\"}]");
    private final OpenAiDialect openAi;
    private final Call call;

    /** In the client's dialect; null where nothing is said. */
    record Conversation(Slice system, Slice turns) { }

    PromptWriter(OpenAiDialect openAi, Call call) {
        this.openAi = openAi;
        this.call = call;
    }

    /** The members that the parameters become; none that the dialect's writer adds by itself. */
    Map<String, Slice> parameters(DialectForm form, Map<String, Slice> parameters, String model) {
        if (form == DialectForm.OPENAI || parameters.isEmpty()) {
            return parameters;
        }
        Map<String, Slice> unasked = members(form, new ChatRequest(OpenAiDialect.NAME, model, List.of(), Tools.NONE, Sampling.DEFAULT, Reasoning.DEFAULT,
                null, false, false, null, Map.of()), new Losses(false));
        Map<String, Slice> members = new LinkedHashMap<>(members(form, read(parameters, null, model), call.losses()));
        members.entrySet().removeIf(member -> unasked.get(member.getKey()) != null && unasked.get(member.getKey()).text().equals(member.getValue().text()));
        members.keySet().removeAll(Arrays.asList("model", "stream", form.turns, form.system));
        return members;
    }

    /** @param hasTurns whether the client says something itself */
    Conversation conversation(DialectForm form, Slice messages, String model, boolean hasTurns) {
        return switch (form) {
            case OPENAI -> new Conversation(null, messages);
            case RESPONSES -> instructions(messages, model, hasTurns);
            default -> blocks(form, messages, model, hasTurns);
        };
    }

    /** A writer makes a turn of what the system says where nobody else speaks; here the client does. */
    private Conversation blocks(DialectForm form, Slice messages, String model, boolean hasTurns) {
        boolean isSystemOnly = hasTurns && ((JsonArray) JsonReader.read(messages.array(), messages.from(), messages.to())).items().stream().allMatch(PromptWriter::isSystem);
        Slice written = isSystemOnly ? Turns.joined(messages, SOMEBODY) : messages;
        Map<String, Slice> members = members(form, read(Map.of(), written, model), call.losses());
        return new Conversation(members.get(form.system), isSystemOnly ? null : members.get(form.turns));
    }

    /** All messages are instructions where the client has input of its own, else those of the system; a picture stays input. */
    private Conversation instructions(Slice messages, String model, boolean hasInput) {
        JsonArray all = (JsonArray) JsonReader.read(messages.array(), messages.from(), messages.to());
        boolean isSystemOnly = all.items().stream().allMatch(PromptWriter::isSystem);
        StringBuilder told = new StringBuilder();
        JsonWriter rest = new JsonWriter(1_024).beginArray();
        boolean hasRest = false;
        for (JsonValue message : all.items()) {
            String text = (hasInput || !isSystemOnly && isSystem(message)) ? Turns.text(message) : null;
            if (text == null) {
                rest.raw(message.raw());
                hasRest = true;
            } else {
                told.append(told.length() > 0 ? "\n" : "").append(text);
            }
        }
        Slice instructions = told.length() == 0 ? null : Slice.of(new JsonWriter().value(told.toString()).toBytes());
        Slice input = !hasRest ? null
                : members(DialectForm.RESPONSES, read(Map.of(), Slice.of(rest.endArray().toBytes()), model), call.losses()).get("input");
        return new Conversation(instructions, input);
    }

    private static boolean isSystem(JsonValue message) {
        return SYSTEM.contains(String.valueOf(((JsonObject) message).text("role")));
    }

    private ChatRequest read(Map<String, Slice> parameters, Slice messages, String model) {
        JsonWriter json = new JsonWriter(1_024).beginObject();
        json.optional("model", model.isEmpty() ? null : model);
        parameters.forEach((name, value) -> json.name(name).raw(value));
        if (messages != null) {
            json.name("messages").raw(messages);
        }
        return openAi.readRequest(openAi.readOutline(json.endObject().toBytes()), Set.of());
    }

    private Map<String, Slice> members(DialectForm form, ChatRequest request, Losses losses) {
        byte[] written = call.ingress().writeRequest(request, losses);
        return form.members(JsonReader.readMembers(written), written, Set.of());
    }
}
