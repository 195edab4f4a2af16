package org.sluice.gateway.dialect.openai;

import org.sluice.gateway.dialect.Slice;

/**
 * One look over the bytes of an event for the few names that matter, so that hardly any event is parsed. A name inside
 * a JSON string has its quotes escaped and is not mistaken for a member; a member deeper down is found too, which only
 * costs a parse.
 */
final class EventScan {
    private static final byte[] USAGE = {'"', 'u', 's', 'a', 'g', 'e', '"'};
    private static final byte[] ERROR = {'"', 'e', 'r', 'r', 'o', 'r', '"'};
    private static final byte[] FINISH = {'"', 'f', 'i', 'n', 'i', 's', 'h', '_', 'r', 'e', 'a', 's', 'o', 'n', '"'};
    final boolean hasUsage;
    final boolean hasError;
    final boolean hasFinish;

    EventScan(Slice data) {
        boolean usage = false;
        boolean error = false;
        boolean finish = false;
        byte[] b = data.array();
        int end = data.to() - USAGE.length;
        for (int at = data.from(); at < end; at++) {
            if (b[at] != '"') {
                continue;
            }
            switch (b[at + 1]) {
                case 'u' -> usage |= isSet(b, at, data.to(), USAGE);
                case 'e' -> error |= isSet(b, at, data.to(), ERROR);
                case 'f' -> finish |= isSet(b, at, data.to(), FINISH);
                default -> { }
            }
        }
        hasUsage = usage;
        hasError = error;
        hasFinish = finish;
    }

    /** {@code [DONE]}, white space around it allowed. */
    static boolean isDone(Slice data) {
        int from = data.from();
        int to = data.to();
        while (to > from && data.array()[to - 1] <= ' ') {
            to--;
        }
        while (from < to && data.array()[from] <= ' ') {
            from++;
        }
        return ValueScan.isText(data.array(), from, to, "[DONE]");
    }

    /** Whether this name stands here with a value that is neither null nor an empty string. */
    private static boolean isSet(byte[] b, int at, int end, byte[] name) {
        if (at + name.length >= end) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (b[at + i] != name[i]) {
                return false;
            }
        }
        int value = at + name.length;
        boolean hasColon = false;
        while (value < end && (b[value] == ' ' || b[value] == ':')) {
            hasColon |= b[value] == ':';
            value++;
        }
        return hasColon && value < end && b[value] != 'n' && !(b[value] == '"' && value + 1 < end && b[value + 1] == '"');
    }
}
