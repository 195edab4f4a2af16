package org.sluice.gateway.dialect.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonWriter;

/**
 * Parts as this dialect's clients carry them for models of other dialects: a call's signature in its id, a thought's behind
 * a mark in {@code signature}, where a thought that nobody signed has the mark alone. Claude's own are what they are.
 */
final class CarriedParts {
    private CarriedParts() { }

    static Part toClient(Part part) {
        if (part instanceof Part.Thinking thinking) {
            return new Part.Thinking(thinking.text(), signatureToClient(thinking.signature()), thinking.extras());
        }
        RawJson signature = part instanceof Part.ToolCall call ? call.extras().get(Signatures.EXTRA) : null;
        if (signature == null || !(part instanceof Part.ToolCall call)) {
            return part;
        }
        return new Part.ToolCall(Signatures.withId(call.id(), ProviderJson.value(signature).asText()), call.name(), call.arguments(), call.extras());
    }

    static String signatureToClient(String canonical) {
        return canonical == null || canonical.isEmpty() ? Signatures.unsigned() : Signatures.carried(canonical);
    }

    /** Null when nobody signed. */
    static String signature(String carried) {
        return carried == null || carried.isEmpty() ? null : Signatures.uncarried(carried);
    }

    /** The extras of a call whose id carries a signature. */
    static Map<String, RawJson> extras(String carryingId, Map<String, RawJson> extras) {
        String signature = Signatures.ofId(carryingId);
        if (signature == null) {
            return extras;
        }
        Map<String, RawJson> more = new LinkedHashMap<>(extras);
        more.put(Signatures.EXTRA, new RawJson(new JsonWriter().value(signature).toText()));
        return more;
    }

    /** Whether Claude gave this signature. */
    static boolean isOwn(String canonical) {
        return canonical != null && !canonical.isEmpty() && Signatures.untag(Signatures.ANTHROPIC, canonical) != null;
    }
}
