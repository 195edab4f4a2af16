package org.sluice.gateway.dialect.responses;

import java.nio.charset.StandardCharsets;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** The {@code sequence_number} of an event as it travels, by which a failure that ends the stream goes on counting. */
final class EventNumber {
    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MEMBER = "\"sequence_number\":".getBytes(StandardCharsets.US_ASCII);
    private static final int NEAR = 160;

    private EventNumber() { }

    /** That of the last event in a frame; -1 when it has none. */
    static long last(Slice frame) {
        byte[] b = frame.array();
        int data = frame.to() - DATA.length;
        while (data >= frame.from() && !(isAt(b, data, frame.to(), DATA) && (data == frame.from() || b[data - 1] == '\n' || b[data - 1] == '\r'))) {
            data--;
        }
        return data < frame.from() ? -1 : number(new Slice(b, data + DATA.length, frame.to()));
    }

    /** Mostly it stands near the beginning, before anything nested; only elsewhere the event is read. */
    private static long number(Slice event) {
        byte[] b = event.array();
        int opened = 0;
        for (int at = event.from(); at < Math.min(event.to(), event.from() + NEAR) && opened < 2; at++) {
            if (b[at] == '{') {
                opened++;
            } else if (b[at] == '"' && isAt(b, at, event.to(), MEMBER)) {
                return digits(b, at + MEMBER.length, event.to());
            }
        }
        JsonObject read = Json.objectOrNull(event);
        return read == null ? -1 : read.number("sequence_number", -1);
    }

    private static long digits(byte[] b, int from, int to) {
        long number = -1;
        for (int at = from; at < to && at < from + 18 && (b[at] == ' ' || b[at] >= '0' && b[at] <= '9'); at++) {
            number = b[at] == ' ' ? number : Math.max(number, 0) * 10 + b[at] - '0';
        }
        return number;
    }

    private static boolean isAt(byte[] b, int at, int to, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= to || b[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
