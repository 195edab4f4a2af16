package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads a whole answer. */
final class ResponseReader {
    private static final Set<String> MEMBERS = Set.of("id", "type", "role", "model", "content", "usage", "stop_reason");

    private ResponseReader() { }

    static ChatResponse read(byte[] body) {
        JsonObject message = ProviderJson.object(Slice.of(body));
        if (!(message.get("content") instanceof JsonArray content)) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not a message.");
        }
        List<Part> parts = parts(content);
        UsageCount usage = new UsageCount();
        usage.read(message.object("usage"));
        ChatResponse.Choice choice = new ChatResponse.Choice(0, new Message(Role.ASSISTANT, parts),
                finishReason(message.text("stop_reason"), parts), StopReasons.extras(message, MEMBERS));
        return new ChatResponse(message.text("id"), 0, message.text("model"), List.of(choice), usage.usage(),
                UsageCount.extras(message.object("usage")));
    }

    private static List<Part> parts(JsonArray content) {
        List<Part> parts = new ArrayList<>(content.items().size());
        for (JsonValue item : content.items()) {
            if (!(item instanceof JsonObject block)) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds content that is no block.");
            }
            Part part = BlockReader.block(block, "content");
            boolean isAnswer = part instanceof Part.ToolCall call && StructuredAnswer.TOOL_NAME.equals(call.name());
            parts.add(isAnswer ? new Part.Text(((Part.ToolCall) part).arguments(), Map.of()) : part);
        }
        return parts;
    }

    /** An answer given through the reserved tool is an answer, not a call. */
    private static FinishReason finishReason(String reason, List<Part> parts) {
        FinishReason read = StopReasons.read(reason);
        return read == FinishReason.TOOL_CALLS && parts.stream().noneMatch(Part.ToolCall.class::isInstance) ? FinishReason.STOP : read;
    }

    static ResponseOutline outline(byte[] body) {
        JsonObject message = ProviderJson.object(Slice.of(body));
        UsageCount usage = new UsageCount();
        usage.read(message.object("usage"));
        boolean isError = "error".equals(message.text("type")) || message.get("content") == null && message.present("error") != null;
        return new ResponseOutline(message.text("id"), message.text("model"), usage.usage(), isError);
    }
}
