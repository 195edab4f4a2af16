package org.sluice.gateway.provider.bedrock;

import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * How a Claude model is made to think and to answer in a shape: taken from what the Anthropic dialect would send it, asked
 * with the outline of the conversation only.
 *
 * @param thinking the {@code thinking} object, or null
 * @param effort {@code output_config} with the effort, or null
 * @param schema the schema fitted to structured outputs, or null when the model has none or none was asked for
 * @param maxTokens the limit when the caller gave none and the thinking budget needs one, else null
 */
record ClaudePlan(RawJson thinking, RawJson effort, RawJson schema, Long maxTokens) {
    private static final ClaudePlan NONE = new ClaudePlan(null, null, null, null);
    private static final Message WORD = Message.text(Role.USER, "x");

    static ClaudePlan of(ChatRequest request, Dialect claude) {
        ChatRequest.Reasoning reasoning = request.reasoning();
        boolean isUnsaid = reasoning.raw() == null && reasoning.effort() == null && reasoning.budgetTokens() == null && reasoning.enabled() == null;
        if (isUnsaid && request.responseFormat() == null) {
            return NONE;
        }
        Sampling sampling = new Sampling(null, null, null, request.sampling().maxTokens(), null, List.of(), null, null, null);
        ChatRequest outline = new ChatRequest("openai", request.model(), outline(request.messages()),
                new ChatRequest.Tools(List.of(), request.tools().choice(), null), sampling, reasoning, request.responseFormat(), false, false, null, Map.of());
        JsonObject written = JsonReader.readObject(claude.writeRequest(outline, new Losses(false)));
        JsonObject config = written.object("output_config");
        RawJson effort = config == null || config.present("effort") == null ? null
                : new RawJson(new JsonWriter().beginObject().name("effort").raw(config.get("effort").raw()).endObject().toText());
        RawJson schema = config == null || config.object("format") == null ? null : config.object("format").get("schema").raw();
        boolean needsLimit = request.sampling().maxTokens() == null && written.object("thinking") != null && written.object("thinking").present("budget_tokens") != null;
        return new ClaudePlan(written.object("thinking") == null ? null : written.get("thinking").raw(), effort, schema,
                needsLimit ? (Long) written.number("max_tokens", 0) : null);
    }

    boolean thinks() {
        return thinking != null && !thinking.text().contains("\"disabled\"");
    }

    /** The end of the conversation as far as it matters: whether results follow a turn that thought. */
    private static List<Message> outline(List<Message> messages) {
        int last = messages.size() - 1;
        while (last >= 0 && messages.get(last).role() == Role.TOOL) {
            last--;
        }
        if (last < 0 || last == messages.size() - 1 || messages.get(last).role() != Role.ASSISTANT) {
            return List.of(WORD);
        }
        List<Part> parts = messages.get(last).parts();
        boolean hasThought = !parts.isEmpty() && (parts.get(0) instanceof Part.Thinking || parts.get(0) instanceof Part.RedactedThinking);
        return List.of(WORD, new Message(Role.ASSISTANT, List.of(hasThought ? parts.get(0) : new Part.Text("x"), new Part.ToolCall("x", "x", "{}"))),
                new Message(Role.TOOL, List.of(new Part.ToolResult("x", List.of(new Part.Text("x")), false, Map.of()))));
    }
}
