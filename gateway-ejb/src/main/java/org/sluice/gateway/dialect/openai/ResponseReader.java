package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.ChatResponse.Choice;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads a whole answer of a compatible provider. */
final class ResponseReader {
    static final Set<String> RESPONSE = Set.of("id", "object", "created", "model", "choices", "usage");
    static final Set<String> CHOICE = Set.of("index", "message", "delta", "finish_reason");
    static final Set<String> MESSAGE = Set.of("role", "content", "refusal", "tool_calls", "function_call",
            "reasoning_content", "reasoning", "thinking_blocks", BlockWriter.MEMBER);

    private ResponseReader() { }

    static ChatResponse read(byte[] body) {
        try {
            return response(JsonReader.readAnswer(body));
        } catch (GatewayException e) {
            throw e.type() == ErrorType.UPSTREAM_INVALID ? e
                    : new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not a chat completion.", e);
        }
    }

    private static ChatResponse response(JsonObject body) {
        if (!(body.get("choices") instanceof JsonArray array)) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer has no choices.");
        }
        List<Choice> choices = new ArrayList<>();
        for (JsonValue item : array.items()) {
            if (item instanceof JsonObject choice) {
                choices.add(choice(choice, choices.size()));
            }
        }
        String id = body.text("id");
        return new ChatResponse(id == null || id.isEmpty() ? null : id, Math.max(0, body.number("created", 0)), body.text("model"),
                choices, UsageReader.read(body.get("usage")), Rest.present(body, RESPONSE));
    }

    private static Choice choice(JsonObject choice, int position) {
        JsonObject message = choice.object("message");
        Message read = message == null ? new Message(Role.ASSISTANT, List.of()) : message(message);
        return new Choice((int) choice.number("index", position), read, FinishReasons.read(choice.text("finish_reason")),
                Rest.present(choice, CHOICE));
    }

    private static Message message(JsonObject message) {
        List<Part> parts = ThinkingReader.parts(message);
        boolean hasThought = !parts.isEmpty();
        parts.addAll(PartReader.blocks(message));
        for (Part part : PartReader.content(message.get("content"), "content")) {
            boolean isEmpty = part instanceof Part.Text text && text.text().isEmpty();
            if (!isEmpty && !(hasThought && part instanceof Part.Thinking)) {
                parts.add(part);
            }
        }
        if (message.text("refusal") != null && !message.text("refusal").isEmpty()) {
            parts.add(new Part.Refusal(message.text("refusal"), Map.of()));
        }
        List<Part> calls = ToolCallReader.calls(message);
        parts.addAll(calls);
        JsonObject function = message.object("function_call");
        if (calls.isEmpty() && function != null && function.text("name") != null && !function.text("name").isEmpty()) {
            parts.add(new Part.ToolCall("call_" + function.text("name"), function.text("name"), ToolCallReader.arguments(function)));
        }
        Map<String, RawJson> extras = Rest.present(message, MESSAGE);
        return new Message(Role.ASSISTANT, null, parts, extras);
    }
}
