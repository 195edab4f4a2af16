package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonReader;

/** Finds its way in JSON that is already known to be well-formed, without decoding it. */
public final class ValueScan {
    private ValueScan() { }

    /** Position after the value that begins at {@code from}. */
    public static int end(byte[] b, int from) {
        return switch (b[from]) {
            case '"' -> stringEnd(b, from);
            case '{', '[' -> containerEnd(b, from);
            default -> literalEnd(b, from);
        };
    }

    /** Number of items of an array, or members of an object; counting stops beyond {@code limit}. */
    public static int count(Slice container, int limit) {
        if (container.length() <= 2) {
            return 0;
        }
        byte[] b = container.array();
        int depth = 0;
        int commas = 0;
        boolean isEmpty = true;
        for (int at = container.from() + 1; at < container.to() - 1; at++) {
            byte c = b[at];
            if (c == '"') {
                at = stringEnd(b, at) - 1;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 0 && ++commas >= limit) {
                return commas + 1;
            } else if (isSpace(c)) {
                continue;
            }
            isEmpty = false;
        }
        return isEmpty ? 0 : commas + 1;
    }

    /** The items of an array, in order. */
    public static List<Slice> items(Slice array) {
        List<Slice> items = new ArrayList<>();
        byte[] b = array.array();
        int at = skipSpace(b, array.from() + 1);
        while (b[at] != ']') {
            int end = end(b, at);
            items.add(new Slice(b, at, end));
            at = skipSpace(b, end);
            if (b[at] == ',') {
                at = skipSpace(b, at + 1);
            }
        }
        return items;
    }

    /** The value of a member of an object, or null. */
    public static Slice member(Slice object, String name) {
        byte[] b = object.array();
        int at = skipSpace(b, object.from() + 1);
        while (b[at] != '}') {
            int nameEnd = stringEnd(b, at);
            int valueFrom = skipSpace(b, skipSpace(b, nameEnd) + 1);
            int valueTo = end(b, valueFrom);
            if (isName(b, at, nameEnd, name)) {
                return new Slice(b, valueFrom, valueTo);
            }
            at = skipSpace(b, valueTo);
            if (b[at] == ',') {
                at = skipSpace(b, at + 1);
            }
        }
        return null;
    }

    /** The members of an object by their unescaped names; one pass, nothing else is decoded. */
    public static Map<String, Slice> members(Slice object) {
        Map<String, Slice> members = new HashMap<>();
        byte[] b = object.array();
        int at = skipSpace(b, object.from() + 1);
        while (b[at] != '}') {
            int nameEnd = stringEnd(b, at);
            int valueFrom = skipSpace(b, skipSpace(b, nameEnd) + 1);
            int valueTo = end(b, valueFrom);
            members.put(name(b, at, nameEnd), new Slice(b, valueFrom, valueTo));
            at = skipSpace(b, valueTo);
            if (b[at] == ',') {
                at = skipSpace(b, at + 1);
            }
        }
        return members;
    }

    private static String name(byte[] b, int from, int to) {
        for (int at = from; at < to; at++) {
            if (b[at] == '\\') {
                return JsonReader.read(b, from, to).asText();
            }
        }
        return new String(b, from + 1, to - from - 2, StandardCharsets.UTF_8);
    }

    private static boolean isName(byte[] b, int from, int to, String name) {
        for (int at = from; at < to; at++) {
            if (b[at] == '\\') {
                return name.equals(JsonReader.read(b, from, to).asText());
            }
        }
        return isText(b, from + 1, to - 1, name);
    }

    /** Whether the bytes are this ASCII text. */
    public static boolean isText(byte[] b, int from, int to, String ascii) {
        if (to - from != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (b[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static int skipSpace(byte[] b, int from) {
        int at = from;
        while (isSpace(b[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private static int stringEnd(byte[] b, int from) {
        int at = from + 1;
        while (b[at] != '"') {
            at += b[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int containerEnd(byte[] b, int from) {
        int depth = 0;
        int at = from;
        while (true) {
            byte c = b[at];
            if (c == '"') {
                at = stringEnd(b, at);
                continue;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return at + 1;
            }
            at++;
        }
    }

    private static int literalEnd(byte[] b, int from) {
        int at = from;
        while (at < b.length && b[at] != ',' && b[at] != '}' && b[at] != ']' && !isSpace(b[at])) {
            at++;
        }
        return at;
    }
}
