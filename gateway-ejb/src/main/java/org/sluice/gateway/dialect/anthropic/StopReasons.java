package org.sluice.gateway.dialect.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * {@code stop_reason} and what is said with it.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons">Claude: stop reasons</a>
 */
final class StopReasons {
    /** Extra with the reason's own name, where the vocabulary's word says less. */
    static final String EXACT = "stop_reason";
    private static final Set<String> COMMON = Set.of("end_turn", "stop_sequence", "max_tokens", "tool_use", "refusal");
    /** Servers of other dialects put numbers and stop strings under the same name. */
    private static final Pattern OWN = Pattern.compile("\"[a-z]+(_[a-z]+)+\"");

    private StopReasons() { }

    /** Null when the provider did not say. */
    static FinishReason read(String reason) {
        if (reason == null) {
            return null;
        }
        return switch (reason) {
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "refusal" -> FinishReason.REFUSAL;
            case "pause_turn" -> FinishReason.PAUSED;
            default -> FinishReason.STOP;
        };
    }

    /** {@code stop_sequence} and the like, from a message or a {@code message_delta}. */
    static Map<String, RawJson> extras(JsonObject said, Set<String> known) {
        Map<String, RawJson> extras = new LinkedHashMap<>(Rest.of(said, known));
        String reason = said.text(EXACT);
        if (reason != null && !COMMON.contains(reason)) {
            extras.put(EXACT, new RawJson(new JsonWriter().value(reason).toText()));
        }
        return extras;
    }

    static RawJson write(FinishReason reason, Map<String, RawJson> extras) {
        if (extras.get(EXACT) != null && OWN.matcher(extras.get(EXACT).text()).matches()) {
            return extras.get(EXACT);
        }
        if (reason == null) {
            return RawJson.NULL;
        }
        return new RawJson(switch (reason) {
            case STOP -> extras.containsKey("stop_sequence") ? "\"stop_sequence\"" : "\"end_turn\"";
            case LENGTH -> "\"max_tokens\"";
            case TOOL_CALLS -> "\"tool_use\"";
            case CONTENT_FILTER, REFUSAL -> "\"refusal\"";
            case PAUSED -> "\"pause_turn\"";
        });
    }
}
