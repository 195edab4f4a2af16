package org.sluice.gateway.pipeline;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.retrieval.TokenCount;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/**
 * What the log keeps of bytes that pass: text up to a limit, of anything else its type and size. Counted tokens are looked
 * for in whole JSON, in the events of a stream, and at the end of what was too long to keep.
 */
final class RelayedAnswer {
    private static final int TAIL = 16 * 1024;
    private static final byte[] USAGE = "\"usage\":".getBytes(StandardCharsets.US_ASCII);
    private final String contentType;
    private final boolean isText;
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
    private byte[] tail = new byte[0];
    private long size;
    private boolean isRead;
    private Usage usage;
    private BigDecimal seconds;
    private String model;
    private String id;

    RelayedAnswer(String contentType, int most) {
        this.contentType = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        this.isText = this.contentType.startsWith("text/") || this.contentType.contains("json") || this.contentType.contains("xml")
                || this.contentType.startsWith("application/x-subrip");
        this.most = most;
    }

    void add(byte[] bytes, int length) {
        size += length;
        if (!isText) {
            return;
        }
        kept.write(bytes, 0, (int) Math.min(length, Math.max(0, most - kept.size())));
        if (size > most) {
            addTail(bytes, length);
        }
    }

    private void addTail(byte[] bytes, int length) {
        int taken = Math.min(length, TAIL);
        int old = Math.min(tail.length, TAIL - taken);
        byte[] joined = Arrays.copyOfRange(tail, tail.length - old, tail.length - old + old + taken);
        System.arraycopy(bytes, length - taken, joined, old, taken);
        tail = joined;
    }

    boolean isCut() {
        return isText && size > most;
    }

    /** A JSON document where it is one, else a JSON object that tells type and size; frames and plain text as they are. */
    List<Slice> content() {
        if (size == 0) {
            return List.of();
        }
        return List.of(isText ? Slice.of(kept.toByteArray()) : new JsonWriter().beginObject().name("content_type").value(contentType)
                .name("bytes").value(size).endObject().toSlice());
    }

    Usage usage() {
        read();
        return usage;
    }

    /** How long the sound was, where the answer tells it; else null. */
    BigDecimal seconds() {
        read();
        return seconds;
    }

    /** OpenAI counts {@code seconds} in usage; a verbose transcription tells its {@code duration}. */
    private static BigDecimal seconds(JsonObject answer) {
        JsonObject counted = answer.object("usage");
        JsonValue told = counted == null || counted.present("seconds") == null ? answer.present("duration") : counted.present("seconds");
        return told instanceof JsonValue.JsonNumber number && number.decimal().signum() >= 0 ? number.decimal() : null;
    }

    String model() {
        read();
        return model;
    }

    String id() {
        read();
        return id;
    }

    private void read() {
        if (isRead) {
            return;
        }
        isRead = true;
        if (contentType.startsWith("text/event-stream")) {
            readEvents(kept.toString(StandardCharsets.UTF_8));
            readEvents(new String(tail, StandardCharsets.UTF_8));
        } else if (contentType.contains("json") && !isCut() && size > 0) {
            readDocument(kept.toByteArray());
        } else if (contentType.contains("json") && size > 0) {
            readTail();
        }
    }

    private void readEvents(String events) {
        for (String line : events.split("\n")) {
            if (line.startsWith("data:") && (line.contains("\"usage") || model == null)) {
                readDocument(line.substring(5).strip().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void readDocument(byte[] json) {
        try {
            JsonObject answer = JsonReader.readObject(json);
            JsonObject inner = answer.object("response") != null ? answer.object("response") : answer;
            add(TokenCount.of(inner));
            seconds = seconds == null ? seconds(inner) : seconds;
            model = model == null ? inner.text("model") : model;
            id = id == null ? inner.text("id") : id;
        } catch (GatewayException notAnObject) {
            // an array, plain text, or the end of a stream: nothing is counted in it
        }
    }

    /** Of what several events of a stream count, the largest: they count up. */
    private void add(Usage counted) {
        if (counted != null) {
            usage = usage == null ? counted : new Usage(Math.max(usage.inputTokens(), counted.inputTokens()), Math.max(usage.outputTokens(), counted.outputTokens()),
                    Math.max(usage.cacheReadTokens(), counted.cacheReadTokens()), Math.max(usage.cacheWriteTokens(), counted.cacheWriteTokens()),
                    0, 0, Math.max(usage.audioInputTokens(), counted.audioInputTokens()), 0);
        }
    }

    private void readTail() {
        String end = new String(tail, StandardCharsets.ISO_8859_1);
        int at = end.lastIndexOf(new String(USAGE, StandardCharsets.US_ASCII));
        int last = end.lastIndexOf('}');
        for (int to = end.indexOf('}', Math.max(0, at)); at >= 0 && to >= 0 && to <= last; to = end.indexOf('}', to + 1)) {
            try {
                add(TokenCount.of(JsonReader.readObject(("{" + end.substring(at, to + 1) + "}").getBytes(StandardCharsets.ISO_8859_1))));
                return;
            } catch (GatewayException notYetWhole) {
                // an inner object ended there
            }
        }
    }
}
