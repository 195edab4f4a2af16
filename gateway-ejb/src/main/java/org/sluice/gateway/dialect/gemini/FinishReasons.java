package org.sluice.gateway.dialect.gemini;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;

/**
 * {@code finishReason}, by name or, from servers asked for it, by number.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#FinishReason">Gemini API: FinishReason</a>
 */
final class FinishReasons {
    /** Extra with the reason's own name, where the vocabulary's word says less. */
    static final String EXACT = "finishReason";
    private static final List<String> BY_NUMBER = List.of("FINISH_REASON_UNSPECIFIED", "STOP", "MAX_TOKENS", "SAFETY", "RECITATION",
            "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MALFORMED_FUNCTION_CALL", "MODEL_ARMOR");
    private static final Set<String> FILTERED = Set.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR",
            "LANGUAGE", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION");
    private static final Set<String> COMMON = Set.of("STOP", "MAX_TOKENS", "SAFETY");
    private static final Pattern OWN = Pattern.compile("\"[A-Z]+(_[A-Z]+)*\"");

    private FinishReasons() { }

    /** Null when the provider did not say. */
    static String name(JsonValue value) {
        int number = (int) Fields.number(value, -1);
        return value == null ? null : number >= 0 && number < BY_NUMBER.size() ? BY_NUMBER.get(number) : value.asText();
    }

    /** Gemini says STOP for a call, too. */
    static FinishReason read(String name, boolean hasCalls) {
        if (name == null) {
            return null;
        }
        if (name.equals("MAX_TOKENS")) {
            return FinishReason.LENGTH;
        }
        return FILTERED.contains(name) ? FinishReason.CONTENT_FILTER : hasCalls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    }

    static void keepExact(String name, Map<String, RawJson> extras) {
        if (name != null && !COMMON.contains(name)) {
            extras.put(EXACT, ProviderJson.text(name));
        }
    }

    /** Null when there is nothing to say. */
    static RawJson write(FinishReason reason, Map<String, RawJson> extras) {
        if (extras.get(EXACT) != null && OWN.matcher(extras.get(EXACT).text()).matches()) {
            return extras.get(EXACT);
        }
        return reason == null ? null : new RawJson(switch (reason) {
            case STOP, TOOL_CALLS, PAUSED -> "\"STOP\"";
            case LENGTH -> "\"MAX_TOKENS\"";
            case CONTENT_FILTER, REFUSAL -> "\"SAFETY\"";
        });
    }
}
