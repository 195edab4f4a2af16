package org.sluice.gateway.prompt;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.PromptReference;
import org.sluice.gateway.call.PromptReference.Merge;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.provider.Operation;

/**
 * Joins a rendered prompt with a request, member by member, in the client's dialect (contract 7.3). Where both say something,
 * schema 1 takes the request's unless {@code override} is set, schema 2 the prompt's; then {@code override_params} or {@code patch}
 * win over both. An empty list of messages says nothing.
 */
final class BodyMerge {
    private static final String MODEL = "model";
    private static final String STREAM = "stream";
    private static final String MESSAGES = "messages";
    /** Two spellings of one knob. */
    private static final Map<String, String> TWINS = Map.of("max_tokens", "max_completion_tokens", "max_completion_tokens", "max_tokens");
    /** What a count of tokens is told besides the conversation. */
    private static final Set<String> COUNTED = Set.of("tools", "tool_choice", "thinking");
    private final Call call;
    private final CompiledVersion version;
    private final Merge merge;
    private final DialectForm form;
    private final PromptWriter writer;
    private final Map<String, Slice> body;
    private final Map<String, RawJson> changes;
    private final boolean isPromptFirst;

    /** @param messages the whole of the prompt's messages, as rendered and changed, in OpenAI's form */
    record Merged(RequestOutline outline, Slice messages, boolean isModelOfPrompt) { }

    BodyMerge(Call call, CompiledVersion version, PromptReference reference, PromptWriter writer) {
        this.call = call;
        this.version = version;
        this.merge = reference.merge();
        this.form = DialectForm.of(call);
        this.writer = writer;
        this.body = form.members(call.outline().members(), call.outline().body(), call.gatewayMembers());
        this.changes = new LinkedHashMap<>(merge.changes());
        this.isPromptFirst = merge.schema() == 2 || merge.isPromptFirst();
    }

    /** @param rendered the version's messages, an array in OpenAI's form */
    Merged with(Slice rendered) {
        RawJson changedModel = changes.remove(MODEL);
        RawJson changedStream = changes.remove(STREAM);
        RawJson changedMessages = changes.remove(MESSAGES);
        boolean isModelOfPrompt = changedModel == null && version.model() != null && (isPromptFirst || call.model().isEmpty());
        String model = changedModel != null ? JsonReader.read(changedModel.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)).asText()
                : isModelOfPrompt ? version.model() : call.model();
        Slice added = changedMessages == null ? null : Slice.utf8(changedMessages.text());
        Slice messages = added == null ? rendered : merge.areMessagesAppended() ? Turns.joined(rendered, added) : added;
        Map<String, Slice> members = parameters(model);
        conversation(members, messages, model, added != null);
        boolean isStream = form == DialectForm.GEMINI ? call.isStream() : changedStream != null ? changedStream.text().equals("true")
                : body.containsKey(STREAM) ? call.isStream() : Boolean.TRUE.equals(version.isStream());
        return new Merged(outline(members, model, isStream), messages, isModelOfPrompt);
    }

    private Map<String, Slice> parameters(String model) {
        Map<String, Slice> members = new LinkedHashMap<>(body);
        members.keySet().removeAll(Arrays.asList(MODEL, STREAM, form.turns, form.system));
        writer.parameters(form, version.parameters(), model).forEach((name, value) -> {
            boolean isFree = !body.containsKey(name) && !body.containsKey(TWINS.getOrDefault(name, name));
            if (isAllowed(name) && (isPromptFirst || isFree)) {
                put(members, name, value);
            }
        });
        Map<String, Slice> changed = new LinkedHashMap<>();
        changes.forEach((name, value) -> changed.put(name, Slice.utf8(value.text())));
        writer.parameters(form, changed, model).forEach((name, value) -> {
            if (isAllowed(name)) {
                put(members, name, value);
            }
        });
        return members;
    }

    private boolean isAllowed(String name) {
        return call.operation() != Operation.COUNT_TOKENS || COUNTED.contains(name);
    }

    private static void put(Map<String, Slice> members, String name, Slice value) {
        if (TWINS.containsKey(name)) {
            members.remove(TWINS.get(name));
        }
        members.put(name, value);
    }

    private void conversation(Map<String, Slice> members, Slice messages, String model, boolean isChanged) {
        Slice bodyTurns = body.get(form.turns);
        Slice bodySystem = form.system == null ? null : body.get(form.system);
        PromptWriter.Conversation prompt = writer.conversation(form, messages, model, !Turns.isEmpty(bodyTurns));
        boolean isPromptWinning = isPromptFirst || isChanged;
        Slice turns;
        Slice system;
        if (merge.schema() == 2) {
            turns = Turns.joined(prompt.turns(), bodyTurns);
            system = Turns.system(form, prompt.system(), bodySystem);
        } else {
            turns = form == DialectForm.RESPONSES ? Turns.joined(prompt.turns(), bodyTurns) : chosen(prompt.turns(), bodyTurns, isPromptWinning);
            system = chosen(prompt.system(), bodySystem, isPromptWinning);
        }
        if (system != null) {
            members.put(form.system, system);
        }
        if (turns != null) {
            members.put(form.turns, turns);
        }
    }

    private static Slice chosen(Slice prompt, Slice own, boolean isPromptWinning) {
        return isPromptWinning && !Turns.isEmpty(prompt) || Turns.isEmpty(own) ? prompt : own;
    }

    private RequestOutline outline(Map<String, Slice> members, String model, boolean isStream) {
        JsonWriter json = new JsonWriter(call.outline().body().length + 2_048).beginObject();
        if (form != DialectForm.GEMINI) {
            json.optional(MODEL, model.isEmpty() ? null : model);
            if (isStream) {
                json.name(STREAM).value(true);
            }
        }
        form.write(members, json);
        RequestOutline read = call.ingress().readOutline(json.endObject().toBytes());
        return new RequestOutline(read.body(), model, isStream, read.includeUsage(), read.members());
    }
}
