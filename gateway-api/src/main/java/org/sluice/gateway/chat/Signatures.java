package org.sluice.gateway.chat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Signatures of thought: opaque text that a model gives with its reasoning and wants back unchanged on the next turn.
 *
 * <p>In the canonical chat a signature says whose it is: {@code gemini:...}, {@code responses:...}; Anthropic's, which
 * Claude gives on every cloud, stands bare. A dialect takes only its own to its providers. A client's dialect carries any
 * of them, so that a conversation may change models and change back.
 *
 * <p>Where a client's dialect has no place for the signature of a tool call, the call's id carries it ({@link #withId});
 * the dialect takes it off when the id comes back ({@link #idOf}, {@link #ofId}). In the canonical chat it is the extra
 * {@value #EXTRA} of the {@link Part.ToolCall}, a JSON string.
 */
public final class Signatures {
    /** Name of the extra of a tool call. */
    public static final String EXTRA = "thought_signature";
    public static final String ANTHROPIC = "anthropic";
    private static final List<String> TAGGED = List.of("gemini", "responses");
    private static final String MARK = "__ts__";

    private Signatures() { }

    /** The canonical form of a signature that a dialect read from its own wire. */
    public static String tag(String dialect, String raw) {
        return raw == null || dialect.equals(ANTHROPIC) ? raw : dialect + ":" + raw;
    }

    /** The signature as the dialect's own wire has it, or null when it is another dialect's. */
    public static String untag(String dialect, String canonical) {
        if (canonical == null) {
            return null;
        }
        return ownerOf(canonical).equals(dialect) ? dialect.equals(ANTHROPIC) ? canonical : canonical.substring(dialect.length() + 1) : null;
    }

    /** The dialect whose signature this is. */
    public static String ownerOf(String canonical) {
        for (String dialect : TAGGED) {
            if (canonical.startsWith(dialect + ":")) {
                return dialect;
            }
        }
        return ANTHROPIC;
    }

    /** A call id that carries a canonical signature; the id itself when there is none. */
    public static String withId(String id, String canonical) {
        return canonical == null ? id
                : id + MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(canonical.getBytes(StandardCharsets.UTF_8));
    }

    /** The id without the signature it may carry. */
    public static String idOf(String carrying) {
        int at = carrying == null ? -1 : carrying.lastIndexOf(MARK);
        return at < 0 || ofId(carrying) == null ? carrying : carrying.substring(0, at);
    }

    /** The canonical signature that an id carries, or null. */
    public static String ofId(String carrying) {
        int at = carrying == null ? -1 : carrying.lastIndexOf(MARK);
        if (at < 0) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(carrying.substring(at + MARK.length())), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException somethingElse) {
            return null;
        }
    }

    /** A signature as a client carries it that wants no other form: Anthropic's bare, another's behind a mark. */
    public static String carried(String canonical) {
        return canonical == null || ownerOf(canonical).equals(ANTHROPIC) ? canonical : MARK + canonical;
    }

    /** The canonical signature that came back from a client; null for a mark with nothing behind it. */
    public static String uncarried(String carried) {
        if (carried == null || !carried.startsWith(MARK)) {
            return carried;
        }
        return carried.length() == MARK.length() ? null : carried.substring(MARK.length());
    }

    /** What a client carries for a thought that nobody signed, where its dialect wants a signature. */
    public static String unsigned() {
        return MARK;
    }

    /**
     * Whether a request's bytes may hold something that a client carries for another model, so that they cannot go on as
     * they are. Looks at every sixth byte or so.
     */
    public static boolean mayBeIn(byte[] body) {
        int at = MARK.length() - 1;
        while (at < body.length) {
            byte b = body[at];
            if (b == '_') {
                if (isMark(body, at)) {
                    return true;
                }
                at++;
            } else {
                at += b == 's' ? 2 : b == 't' ? 3 : MARK.length();
            }
        }
        return false;
    }

    /** Whether the mark ends here. */
    private static boolean isMark(byte[] body, int at) {
        for (int i = 0; i < MARK.length(); i++) {
            if (body[at - i] != MARK.charAt(MARK.length() - 1 - i)) {
                return false;
            }
        }
        return true;
    }
}
