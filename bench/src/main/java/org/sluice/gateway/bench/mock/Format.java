package org.sluice.gateway.bench.mock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One provider's answers, encoded once. The chunk template has its time stamp overwritten before each use. */
enum Format {
    OPENAI(Texts.OPENAI_WHOLE, Texts.OPENAI_START, Texts.OPENAI_CHUNK, Texts.OPENAI_END, Texts.OPENAI_USAGE),
    ANTHROPIC(Texts.ANTHROPIC_WHOLE, Texts.ANTHROPIC_START, Texts.ANTHROPIC_CHUNK, Texts.ANTHROPIC_END, Texts.ANTHROPIC_END);

    private static final String STREAM_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
            + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final int DIGITS = 19;
    private final byte[] whole;
    private final byte[] start;
    private final byte[] chunk;
    private final int stamp;
    private final byte[] end;
    private final byte[] endWithUsage;

    Format(String whole, String start, String chunk, String end, String endWithUsage) {
        this.whole = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-request-id: req_bench\r\nContent-Length: " + whole.length()
                + "\r\n\r\n" + whole).getBytes(StandardCharsets.US_ASCII);
        this.start = (STREAM_HEAD + framed(start)).getBytes(StandardCharsets.US_ASCII);
        this.chunk = framed(chunk).getBytes(StandardCharsets.US_ASCII);
        this.stamp = framed(chunk).indexOf('@') + 1;
        this.end = (framed(end) + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        this.endWithUsage = (framed(endWithUsage) + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String framed(String events) {
        return Integer.toHexString(events.length()) + "\r\n" + events + "\r\n";
    }

    byte[] whole() {
        return whole;
    }

    byte[] start() {
        return start;
    }

    byte[] end(boolean withUsage) {
        return withUsage ? endWithUsage : end;
    }

    int chunkBytes() {
        return chunk.length;
    }

    /** Appends a chunk with its time. */
    void putChunk(ByteBuffer out, long nanoTime) {
        int at = out.position() + stamp;
        out.put(chunk);
        long rest = nanoTime;
        for (int i = at + DIGITS - 1; i >= at; i--) {
            out.put(i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }
}
