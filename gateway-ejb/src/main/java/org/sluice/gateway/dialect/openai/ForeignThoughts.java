package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;

/**
 * Finds reasoning of another provider's model among the bytes of a request: members that OpenAI's own models refuse and
 * that a client sends back when a conversation changes models.
 */
final class ForeignThoughts {
    private static final byte[][] NAMES = {"\"reasoning_content\"".getBytes(StandardCharsets.US_ASCII), "\"thinking_blocks\"".getBytes(StandardCharsets.US_ASCII),
        "\"reasoning_details\"".getBytes(StandardCharsets.US_ASCII)};

    private ForeignThoughts() { }

    static boolean mayBeIn(byte[] body) {
        for (byte[] name : NAMES) {
            if (contains(body, name)) {
                return true;
            }
        }
        return false;
    }

    /** Looks at the closing quote: no name holds another, so a byte that is not in the name moves on by its length. */
    private static boolean contains(byte[] body, byte[] name) {
        int last = name.length - 1;
        for (int at = last; at < body.length; at += step(name, body[at])) {
            if (body[at] == '"') {
                int i = 0;
                while (i <= last && body[at - i] == name[last - i]) {
                    i++;
                }
                if (i > last) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int step(byte[] name, byte seen) {
        int last = name.length - 1;
        for (int i = 1; i <= last; i++) {
            if (name[last - i] == seen) {
                return i;
            }
        }
        return name.length;
    }
}
