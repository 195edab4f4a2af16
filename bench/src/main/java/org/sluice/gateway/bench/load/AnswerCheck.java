package org.sluice.gateway.bench.load;

import java.nio.ByteBuffer;

/**
 * Looks at the body of one answer as it comes, cut anywhere: finds the end mark and the stamped chunks. The stamp is
 * {@code @} + 19 digits + {@code @}. For one thread, used again for the next answer.
 */
final class AnswerCheck {
    private static final int DIGITS = 19;
    private final byte[] end;
    private final Histogram lag;
    private int matched;
    private boolean hasEnd;
    private int digits = -1;
    private long stamp;
    private int chunks;
    private long bytes;

    AnswerCheck(byte[] end, Histogram lag) {
        this.end = end;
        this.lag = lag;
    }

    void reset() {
        matched = 0;
        hasEnd = end.length == 0;
        digits = -1;
        chunks = 0;
        bytes = 0;
    }

    /** @param now when these bytes were there */
    void see(ByteBuffer in, int length, long now) {
        bytes += length;
        for (int i = 0; i < length; i++) {
            see(in.get(), now);
        }
    }

    private void see(byte b, long now) {
        if (!hasEnd) {
            matched = b == end[matched] ? matched + 1 : b == end[0] ? 1 : 0;
            hasEnd = matched == end.length;
        }
        if (b == '@') {
            if (digits == DIGITS) {
                chunks++;
                lag.record(now - stamp);
                digits = -1;
            } else {
                digits = 0;
                stamp = 0;
            }
        } else if (digits >= 0 && digits < DIGITS && b >= '0' && b <= '9') {
            digits++;
            stamp = stamp * 10 + b - '0';
        } else {
            digits = -1;
        }
    }

    int chunks() {
        return chunks;
    }

    /** Null when the answer is good. */
    String fault(int status, Expectation expected) {
        if (status != 200) {
            return "status " + status;
        }
        if (!hasEnd) {
            return "end mark missing";
        }
        if (chunks != expected.chunks()) {
            return "wrong number of chunks";
        }
        return expected.bodyBytes() >= 0 && bytes != expected.bodyBytes() ? "wrong length" : null;
    }
}
