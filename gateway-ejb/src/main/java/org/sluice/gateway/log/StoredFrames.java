package org.sluice.gateway.log;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;

/** The frames of an ended stream, as the gateway sent them: whole lines, ended by LF or CRLF. */
final class StoredFrames {
    private StoredFrames() { }

    /** Every event that has data; a last frame without its blank line is left out. */
    static List<ServerSentEvent> read(byte[] frames) {
        List<ServerSentEvent> events = new ArrayList<>();
        int frameFrom = 0;
        String name = null;
        List<Slice> data = new ArrayList<>(1);
        for (int from = 0; from < frames.length; ) {
            int lineFeed = indexOf(frames, (byte) '\n', from);
            if (lineFeed < 0) {
                break;
            }
            int to = lineFeed > from && frames[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
            if (to == from) {
                if (!data.isEmpty()) {
                    events.add(new ServerSentEvent(name, joined(data), new Slice(frames, frameFrom, lineFeed + 1), true));
                }
                frameFrom = lineFeed + 1;
                name = null;
                data.clear();
            } else if (isField(frames, from, to, "data")) {
                data.add(value(frames, from, to, "data"));
            } else if (isField(frames, from, to, "event")) {
                name = value(frames, from, to, "event").text();
            }
            from = lineFeed + 1;
        }
        return events;
    }

    private static boolean isField(byte[] frames, int from, int to, String field) {
        if (to - from <= field.length() || frames[from + field.length()] != ':') {
            return false;
        }
        for (int i = 0; i < field.length(); i++) {
            if (frames[from + i] != field.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static Slice value(byte[] frames, int from, int to, String field) {
        int at = from + field.length() + 1;
        return new Slice(frames, at < to && frames[at] == ' ' ? at + 1 : at, to);
    }

    private static Slice joined(List<Slice> lines) {
        if (lines.size() == 1) {
            return lines.get(0);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                all.write('\n');
            }
            all.write(lines.get(i).array(), lines.get(i).from(), lines.get(i).length());
        }
        return Slice.of(all.toByteArray());
    }

    private static int indexOf(byte[] bytes, byte wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
