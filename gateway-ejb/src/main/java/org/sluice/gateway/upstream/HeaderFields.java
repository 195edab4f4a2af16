package org.sluice.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a response head by lower-case name, of a repeated field the first. Kept as the checked bytes: a look-up
 * scans them and makes one string, and nothing is made for the dozens of fields nobody asks for.
 */
final class HeaderFields extends AbstractMap<String, String> {
    private final byte[] lines;
    private Map<String, String> all;

    /** @param lines field lines, each with its line end, without the blank line; not copied */
    HeaderFields(byte[] lines) {
        this.lines = lines;
    }

    @Override
    public String get(Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        int line = 0;
        while (line < lines.length) {
            int colon = line + name.length();
            if (colon < lines.length && lines[colon] == ':' && isName(lines, line, colon, name)) {
                return value(colon + 1, lineFeed(line));
            }
            line = lineFeed(line) + 1;
        }
        return null;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        if (all == null) {
            Map<String, String> fields = new LinkedHashMap<>();
            int line = 0;
            while (line < lines.length) {
                int colon = line;
                while (lines[colon] != ':') {
                    colon++;
                }
                String name = new String(lines, line, colon - line, StandardCharsets.ISO_8859_1);
                int end = lineFeed(line);
                fields.putIfAbsent(name.toLowerCase(Locale.ROOT), value(colon + 1, end));
                line = end + 1;
            }
            all = Map.copyOf(fields);
        }
        return all.entrySet();
    }

    private int lineFeed(int from) {
        int i = from;
        while (lines[i] != '\n') {
            i++;
        }
        return i;
    }

    private String value(int from, int to) {
        return new String(lines, from, to - from, StandardCharsets.ISO_8859_1).strip();
    }

    /** Whether bytes are a name, given in lower case. */
    static boolean isName(byte[] bytes, int from, int to, String name) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            int c = bytes[from + i];
            if (c != name.charAt(i) && (c < 'A' || c > 'Z' || c + 32 != name.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
