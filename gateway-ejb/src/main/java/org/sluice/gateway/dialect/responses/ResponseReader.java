package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads a whole answer. */
final class ResponseReader {
    private static final Set<String> KNOWN = Set.of("id", "object", "created_at", "status", "error", "incomplete_details", "model", "output", "usage");

    private ResponseReader() { }

    static ChatResponse read(byte[] body) {
        JsonObject answer = Json.answer(body);
        if (!(answer.get("output") instanceof JsonArray output)) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer has no output.");
        }
        List<Part> parts = new ArrayList<>();
        for (JsonValue item : output.items()) {
            if (item instanceof JsonObject object) {
                OutputReader.add(parts, object, "output");
            }
        }
        boolean hasCalls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        ChatResponse.Choice choice = new ChatResponse.Choice(0, new Message(Role.ASSISTANT, parts), finish(answer, hasCalls), Map.of());
        Map<String, RawJson> extras = said(answer);
        extras.putAll(UsageCount.extras(answer.get("usage")));
        return new ChatResponse(answer.text("id"), created(answer), answer.text("model"), List.of(choice), UsageCount.read(answer.get("usage")), extras);
    }

    static long created(JsonObject answer) {
        return answer.present("created_at") instanceof JsonValue.JsonNumber number ? Math.max(0, number.longValue()) : 0;
    }

    /** What the answer says beside its output, {@code response.tools} and the like. */
    static Map<String, RawJson> said(JsonObject answer) {
        Map<String, RawJson> extras = new LinkedHashMap<>();
        Rest.add(extras, Rest.RESPONSE, answer, KNOWN);
        return extras;
    }

    static FinishReason finish(JsonObject answer, boolean hasCalls) {
        if ("incomplete".equals(answer.text("status"))) {
            JsonObject details = answer.object("incomplete_details");
            return details != null && "content_filter".equals(details.text("reason")) ? FinishReason.CONTENT_FILTER : FinishReason.LENGTH;
        }
        return hasCalls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    }

    static ResponseOutline outline(byte[] body) {
        JsonObject answer = Json.answer(body);
        boolean isError = isSet(answer.present("error")) || "failed".equals(answer.text("status"));
        if (!isError && !(answer.get("output") instanceof JsonArray)) {
            if (answer.text("message") == null && answer.text("detail") == null) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer has no output.");
            }
            isError = true;
        }
        return new ResponseOutline(answer.text("id"), answer.text("model"), UsageCount.read(answer.get("usage")), isError);
    }

    private static boolean isSet(JsonValue error) {
        return error instanceof JsonObject object ? !object.members().isEmpty() : error != null && error.asText() != null && !error.asText().isEmpty();
    }
}
