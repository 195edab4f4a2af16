package org.sluice.gateway.bench.mock;

import java.nio.charset.StandardCharsets;

/**
 * How to answer one request.
 *
 * @param chunks content chunks of a stream
 * @param delayMillis between two chunks; 0 writes all of them at once
 * @param thinkMillis before the answer begins
 */
public record Plan(int chunks, int delayMillis, int thinkMillis) {
    /** Without a mark: {@code -Dmock.chunks}, {@code -Dmock.delay-millis}, {@code -Dmock.think-millis}. */
    public static final Plan DEFAULT = new Plan(Integer.getInteger("mock.chunks", 20), Integer.getInteger("mock.delay-millis", 0),
            Integer.getInteger("mock.think-millis", 0));
    private static final byte[] MARK = "mock(".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 80;

    /** The mark to put into a message. */
    public String mark() {
        return "mock(n=" + chunks + ",d=" + delayMillis + ",t=" + thinkMillis + ")";
    }

    static Plan read(byte[] body, int from, int to) {
        int at = Scan.indexOf(body, from, to, MARK);
        if (at < 0) {
            return DEFAULT;
        }
        int[] values = {DEFAULT.chunks, DEFAULT.delayMillis, DEFAULT.thinkMillis};
        int slot = 0;
        for (int i = at + MARK.length; i < Math.min(to, at + LONGEST) && body[i] != ')'; i++) {
            int letter = "ndt".indexOf(body[i]);
            if (letter >= 0) {
                slot = letter;
                values[slot] = 0;
            } else if (body[i] >= '0' && body[i] <= '9') {
                values[slot] = values[slot] * 10 + body[i] - '0';
            }
        }
        return new Plan(values[0], values[1], values[2]);
    }
}
