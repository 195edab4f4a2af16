package org.sluice.gateway.recorded;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;

/** A whole event stream cut into its frames, after the event stream standard; for tests that have no socket. */
public final class RecordedEvents {
    private RecordedEvents() { }

    public static List<ServerSentEvent> of(byte[] body) {
        List<ServerSentEvent> events = new ArrayList<>();
        int frameFrom = 0;
        int at = 0;
        String name = null;
        ByteArrayOutputStream data = null;
        while (at < body.length) {
            int lineEnd = lineEnd(body, at);
            int next = lineEnd < body.length && body[lineEnd] == '\r' && lineEnd + 1 < body.length && body[lineEnd + 1] == '\n' ? lineEnd + 2
                    : Math.min(lineEnd + 1, body.length);
            String field = field(body, at, lineEnd);
            if (lineEnd == at) {
                events.add(event(name, data, body, frameFrom, next, true));
                frameFrom = next;
                name = null;
                data = null;
            } else if (field.equals("data")) {
                if (data == null) {
                    data = new ByteArrayOutputStream();
                } else {
                    data.write('\n');
                }
                int from = valueFrom(body, at + 4, lineEnd);
                data.write(body, from, lineEnd - from);
            } else if (field.equals("event")) {
                int from = valueFrom(body, at + 5, lineEnd);
                name = new Slice(body, from, lineEnd).text();
            }
            at = next;
        }
        if (frameFrom < body.length) {
            events.add(event(name, data, body, frameFrom, body.length, false));
        }
        return events;
    }

    private static ServerSentEvent event(String name, ByteArrayOutputStream data, byte[] body, int from, int to, boolean isComplete) {
        return new ServerSentEvent(name, data == null ? null : Slice.of(data.toByteArray()), new Slice(body, from, to), isComplete);
    }

    private static int lineEnd(byte[] body, int from) {
        int at = from;
        while (at < body.length && body[at] != '\n' && body[at] != '\r') {
            at++;
        }
        return at;
    }

    private static String field(byte[] body, int from, int to) {
        int at = from;
        while (at < to && body[at] != ':') {
            at++;
        }
        return new Slice(body, from, at).text();
    }

    private static int valueFrom(byte[] body, int colon, int end) {
        int from = Math.min(colon + 1, end);
        return from < end && body[from] == ' ' ? from + 1 : from;
    }
}
