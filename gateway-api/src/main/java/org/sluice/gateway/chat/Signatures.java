package org.sluice.gateway.chat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * Signatures of thought: opaque text that a model gives with its reasoning and wants back unchanged on the next turn.
 *
 * <p>In the canonical chat a signature says whose it is: {@code gemini:...}, {@code responses:...}, {@code details:...}
 * (a JSON array of {@code reasoning_details}), {@code converse:...}; Anthropic's, which Claude gives on every cloud, stands
 * bare. A dialect takes only its own to its providers. Where several providers speak a dialect and none reads the other's,
 * the maker follows: {@code responses@xai:...} goes to that provider only. A client's dialect carries any of them, so that
 * a conversation may change models and change back.
 *
 * <p>Where a client's dialect has no place for the signature of a tool call, the call's id carries it ({@link #withId});
 * the dialect takes it off when the id comes back ({@link #idOf}, {@link #ofId}). In the canonical chat it is the extra
 * {@value #EXTRA} of the {@link Part.ToolCall}, a JSON string.
 */
public final class Signatures {
    /** Name of the extra of a tool call. */
    public static final String EXTRA = "thought_signature";
    public static final String ANTHROPIC = "anthropic";
    public static final String RESPONSES = "responses";
    /** Of {@code reasoning_details} in OpenAI's chat completions. */
    public static final String DETAILS = "details";
    public static final String CONVERSE = "converse";
    private static final List<String> TAGGED = List.of("gemini", RESPONSES, DETAILS, CONVERSE);
    private static final String ID_MARK = "__id__";
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
        return ownerOf(canonical).equals(dialect) ? dialect.equals(ANTHROPIC) ? canonical : canonical.substring(canonical.indexOf(':') + 1) : null;
    }

    /** The dialect whose signature this is. */
    public static String ownerOf(String canonical) {
        for (String dialect : TAGGED) {
            int end = dialect.length();
            if (canonical.startsWith(dialect) && canonical.length() > end && (canonical.charAt(end) == ':' || canonical.charAt(end) == '@' && canonical.indexOf(':') > end)) {
                return dialect;
            }
        }
        return ANTHROPIC;
    }

    /** The same, made by this one; unchanged where a maker stands already, and of a bare one. */
    public static String by(String maker, String canonical) {
        if (canonical == null || ownerOf(canonical).equals(ANTHROPIC) || makerOf(canonical) != null) {
            return canonical;
        }
        int end = canonical.indexOf(':');
        return canonical.substring(0, end) + "@" + maker + canonical.substring(end);
    }

    /** Who made it; null where it does not say. */
    public static String makerOf(String canonical) {
        String owner = canonical == null ? ANTHROPIC : ownerOf(canonical);
        return owner.equals(ANTHROPIC) || canonical.charAt(owner.length()) != '@' ? null : canonical.substring(owner.length() + 1, canonical.indexOf(':'));
    }

    /** A call id that carries a canonical signature; the id itself when there is none. */
    public static String withId(String id, String canonical) {
        return canonical == null ? id
                : id + MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(canonical.getBytes(StandardCharsets.UTF_8));
    }

    /** The id as its provider gave it: without the signature it may carry, and with the characters that {@link #plainId} replaced. */
    public static String idOf(String carrying) {
        int at = carrying == null ? -1 : carrying.lastIndexOf(MARK);
        String id = at < 0 || ofId(carrying) == null ? carrying : carrying.substring(0, at);
        int from = id == null ? -1 : id.lastIndexOf(ID_MARK);
        String whole = from < 0 ? null : decoded(id.substring(from + ID_MARK.length()));
        return whole != null && plainId(whole).equals(id) ? whole : id;
    }

    /** An id of letters, digits, _ and - alone, for those who take no other; any other id keeps its own form behind a mark, in Base64. */
    public static String plainId(String id) {
        String plain = id == null || isPlain(id) ? id : id.replaceAll("[^a-zA-Z0-9_-]", "_");
        return plain == id ? id : plain + ID_MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPlain(String id) {
        return id.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-');
    }

    /** The canonical signature that an id carries, or null. */
    public static String ofId(String carrying) {
        int at = carrying == null ? -1 : carrying.lastIndexOf(MARK);
        return at < 0 ? null : decoded(carrying.substring(at + MARK.length()));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
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
