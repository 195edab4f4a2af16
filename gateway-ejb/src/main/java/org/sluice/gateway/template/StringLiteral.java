package org.sluice.gateway.template;

/** What a string of the source means: Python's escapes. One that Python does not know stands for itself. */
final class StringLiteral {
    private StringLiteral() { }

    static String meant(String written, int at) {
        if (written.indexOf('\\') < 0) {
            return written;
        }
        StringBuilder meant = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c != '\\' || i + 1 == written.length()) {
                meant.append(c);
                continue;
            }
            char next = written.charAt(++i);
            int plain = "\\'\"abfnrtv\n".indexOf(next);
            int digits = next == 'x' ? 2 : next == 'u' ? 4 : next == 'U' ? 8 : 0;
            if (plain >= 0) {
                meant.append(next == '\n' ? "" : "\\'\"\u0007\b\f\n\r\t\u000b".substring(plain, plain + 1));
            } else if (digits > 0) {
                meant.appendCodePoint(hex(written, i + 1, digits, at));
                i += digits;
            } else if (next >= '0' && next <= '7') {
                int end = i;
                int value = 0;
                while (end < written.length() && end < i + 3 && written.charAt(end) >= '0' && written.charAt(end) <= '7') {
                    value = value * 8 + written.charAt(end++) - '0';
                }
                meant.append((char) value);
                i = end - 1;
            } else if (next == 'N') {
                throw Failure.syntax(at, "names of characters (\\N) are not supported in strings; use \\u");
            } else {
                meant.append('\\').append(next);
            }
        }
        return meant.toString();
    }

    private static int hex(String written, int from, int digits, int at) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = i < written.length() && written.charAt(i) < 128 ? Character.digit(written.charAt(i), 16) : -1;
            if (digit < 0) {
                throw Failure.syntax(at, "a string holds a truncated escape");
            }
            value = value << 4 | digit;
        }
        if (!Character.isValidCodePoint(value)) {
            throw Failure.syntax(at, "a string holds an illegal character");
        }
        return value;
    }
}
