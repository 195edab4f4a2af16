package org.sluice.gateway.dialect.gemini;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.sluice.gateway.chat.Signatures;

/**
 * {@code thoughtSignature} and its canonical form. A client gets the signatures of other dialects, and thoughts that their
 * provider encrypted, as base64 of a mark and the text, because Google's clients take base64 only.
 */
final class Signed {
    /** Google's word for a call that another model made; Gemini 3 refuses calls without any signature. */
    static final String SKIPPED = "skip_thought_signature_validator";
    private static final String FOREIGN = "gateway-signature:";
    private static final String REDACTED = "gateway-redacted:";
    /** How base64 of our marks begins. */
    private static final String OURS = "Z2F0ZXdheS";

    private Signed() { }

    /** The canonical form, null for null. */
    static String read(String wire) {
        String carried = carried(wire, FOREIGN);
        return carried != null ? carried : Signatures.tag(GeminiDialect.NAME, wire);
    }

    /** The encrypted thought that this signature carries, or null. */
    static String redacted(String wire) {
        return carried(wire, REDACTED);
    }

    private static String carried(String wire, String mark) {
        if (wire == null || !wire.startsWith(OURS)) {
            return null;
        }
        try {
            String text = new String(Base64.getDecoder().decode(wire), StandardCharsets.UTF_8);
            return text.startsWith(mark) ? text.substring(mark.length()) : null;
        } catch (IllegalArgumentException somethingElse) {
            return null;
        }
    }

    /** Gemini's own signature as it gave it; null for another's. */
    static String toProvider(String canonical) {
        return Signatures.untag(GeminiDialect.NAME, canonical);
    }

    static String toClient(String canonical) {
        String own = toProvider(canonical);
        return own != null || canonical == null ? own : base64(FOREIGN + canonical);
    }

    static String redactedToClient(String data) {
        return base64(REDACTED + data);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
