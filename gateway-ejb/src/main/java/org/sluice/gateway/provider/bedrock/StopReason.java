package org.sluice.gateway.provider.bedrock;

import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** {@code stopReason} and what is said with it. */
final class StopReason {
    private static final Set<String> COMMON = Set.of("end_turn", "tool_use", "max_tokens", "stop_sequence");

    private StopReason() { }

    /** Null when the provider did not say. An answer given through the reserved tool is an answer, not a call. */
    static FinishReason read(String reason, boolean hasCalls) {
        if (reason == null) {
            return null;
        }
        return switch (reason) {
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> hasCalls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
            case "guardrail_intervened", "content_filtered" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.STOP;
        };
    }

    /** The reason's own name where the vocabulary's word says less, and the stop sequence where a model's fields tell it. */
    static void extras(JsonObject said, Map<String, RawJson> extras) {
        String reason = said.text("stopReason");
        if (reason != null && !COMMON.contains(reason)) {
            extras.put("stopReason", new RawJson(new JsonWriter().value(reason).toText()));
        }
        JsonObject fields = said.object("additionalModelResponseFields");
        JsonValue sequence = fields == null ? null : fields.present("stop_sequence");
        if (sequence != null) {
            extras.put("stop_sequence", sequence.raw());
        }
    }
}
