package org.sluice.gateway.bench.load;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/**
 * What a good answer looks like. Its status is 200.
 *
 * @param end text that stands in the body, and stands there only at its end
 * @param chunks stamped content chunks of a stream, 0 for a whole answer
 * @param bodyBytes length of the body, -1 when it is not known
 */
public record Expectation(String end, int chunks, int bodyBytes) implements Serializable {
    public static Expectation whole(int bodyBytes) {
        return new Expectation("END-OF-ANSWER", 0, bodyBytes);
    }

    public static Expectation openAiStream(int chunks) {
        return new Expectation("[DONE]", chunks, -1);
    }

    public static Expectation anthropicStream(int chunks) {
        return new Expectation("message_stop\"", chunks, -1);
    }

    /** Any body of status 200. */
    public static Expectation any() {
        return new Expectation("", 0, -1);
    }

    byte[] endBytes() {
        return end.getBytes(StandardCharsets.US_ASCII);
    }
}
