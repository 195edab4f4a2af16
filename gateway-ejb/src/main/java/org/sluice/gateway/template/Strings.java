package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text as Python sees it: a sequence of code points, with Python's blanks, line ends and cases. */
final class Strings {
    private Strings() { }

    /** In code points. */
    static int length(String text, Budget budget) {
        budget.scan(text.length());
        return text.codePointCount(0, text.length());
    }

    /** Whether every character is one code point, so that indexes are Java's. */
    static boolean isPlain(String text, Budget budget) {
        return length(text, budget) == text.length();
    }

    /** By code points; UTF-16 orders the supplementary ones before the last of the basic plane. */
    static int compare(String one, String other) {
        int end = Math.min(one.length(), other.length());
        for (int i = 0; i < end; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean isOneHigh = Character.isSurrogate(a);
                return isOneHigh == Character.isSurrogate(b) ? a < b ? -1 : 1 : isOneHigh ? 1 : -1;
            }
        }
        return Integer.signum(one.length() - other.length());
    }

    static boolean isSpace(int c) {
        return c == ' ' || c >= 9 && c <= 13 || c >= 0x1c && c <= 0x1f || c == 0x85 || c == 0xa0 || c == 0x1680
                || c >= 0x2000 && c <= 0x200a || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
    }

    private static boolean isLineEnd(char c) {
        return c >= 10 && c <= 13 || c >= 0x1c && c <= 0x1e || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    static List<Object> lines(String text, boolean keepsEnds, Budget budget) {
        budget.text(text.length());
        List<Object> lines = new ArrayList<>();
        for (int from = 0; from < text.length();) {
            int to = from;
            while (to < text.length() && !isLineEnd(text.charAt(to))) {
                to++;
            }
            int next = to;
            if (to < text.length()) {
                next = text.charAt(to) == '\r' && to + 1 < text.length() && text.charAt(to + 1) == '\n' ? to + 2 : to + 1;
            }
            budget.step();
            lines.add(text.substring(from, keepsEnds ? next : to));
            from = next;
        }
        return lines;
    }

    /** @param characters those to take away, or null for blanks */
    static String strip(String text, String characters, boolean isLeft, boolean isRight, Budget budget) {
        budget.search(text.length(), characters == null ? 1 : characters.length());
        int from = 0;
        int to = text.length();
        while (isLeft && from < to && isStripped(text.codePointAt(from), characters)) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (isRight && to > from && isStripped(text.codePointBefore(to), characters)) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        if (to - from < text.length()) {
            budget.text(to - from);
        }
        return text.substring(from, to);
    }

    private static boolean isStripped(int c, String characters) {
        return characters == null ? isSpace(c) : characters.indexOf(c) >= 0;
    }

    static String upper(String text, Budget budget) {
        budget.text(text.length());
        return bounded(text.toUpperCase(Locale.ROOT), budget);
    }

    static String lower(String text, Budget budget) {
        budget.text(text.length());
        return bounded(text.toLowerCase(Locale.ROOT), budget);
    }

    private static String bounded(String text, Budget budget) {
        if (text.length() > budget.longestText()) {
            throw budget.tooLong();
        }
        return text;
    }

    static String capitalize(String text, Budget budget) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        budget.text(text.length());
        return titleCase(text.codePointAt(0)) + text.substring(first).toLowerCase(Locale.ROOT);
    }

    private static String titleCase(int c) {
        int title = Character.toTitleCase(c);
        return title != c || Character.isUpperCase(c) ? Character.toString(title) : titled(Character.toString(c));
    }

    /** A letter whose upper case is several: only the first of them stays large. */
    private static String titled(String letter) {
        String upper = letter.toUpperCase(Locale.ROOT);
        return upper.length() > letter.length() ? upper.charAt(0) + upper.substring(1).toLowerCase(Locale.ROOT) : letter;
    }

    /** Every run of letters begins large; what is not a letter begins a new one. */
    static String title(String text, Budget budget) {
        Output out = new Output(budget, text.length());
        boolean isInside = false;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            if (c < 0x80) {
                out.add((char) (isInside ? Character.toLowerCase(c) : Character.toUpperCase(c)));
            } else {
                out.add(isInside ? Character.toString(c).toLowerCase(Locale.ROOT) : titleCase(c));
            }
            isInside = Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    static String swapCase(String text, Budget budget) {
        Output out = new Output(budget, text.length());
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            String letter = Character.toString(c);
            out.add(Character.isUpperCase(c) ? letter.toLowerCase(Locale.ROOT) : Character.isLowerCase(c) ? letter.toUpperCase(Locale.ROOT) : letter);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /** At most {@code count} times; below 0 for all. */
    static String replace(String text, String old, String by, int count, Budget budget) {
        budget.search(text.length(), old.length());
        Output out = new Output(budget, text.length());
        int done = 0;
        int from = 0;
        if (old.isEmpty()) {
            for (; from <= text.length() && done != count; done++) {
                int to = from < text.length() ? text.offsetByCodePoints(from, 1) : from + 1;
                out.add(by).add(text.substring(from, Math.min(to, text.length())));
                budget.step();
                from = to;
            }
            return from < text.length() ? out.add(text.substring(from)).toString() : out.toString();
        }
        for (int at = text.indexOf(old); at >= 0 && done != count; at = text.indexOf(old, from), done++) {
            budget.step();
            out.add(text.substring(from, at)).add(by);
            from = at + old.length();
        }
        return from == 0 ? text : out.add(text.substring(from)).toString();
    }

    /** Python's centring: an odd blank stands left when the width is odd. */
    static String pad(String text, int width, String fill, int side, Budget budget) {
        int missing = width - length(text, budget);
        if (missing <= 0) {
            return text;
        }
        int left = side < 0 ? 0 : side > 0 ? missing : missing / 2 + (missing & width & 1);
        return new Output(budget, 16).repeat(fill, left).add(text).repeat(fill, missing - left).toString();
    }

    static String reverse(String text, Budget budget) {
        budget.text(text.length());
        return new StringBuilder(text).reverse().toString();
    }

    /** Split at blanks (separator null) or at a text; at most {@code most} times, below 0 for all. */
    static List<Object> split(String text, String separator, int most, Budget budget) {
        List<Object> parts = new ArrayList<>();
        if (separator != null) {
            if (separator.isEmpty()) {
                throw Failure.value("empty separator");
            }
            budget.search(text.length(), separator.length());
            budget.text(text.length());
            int from = 0;
            for (int at = text.indexOf(separator); at >= 0 && parts.size() != most; at = text.indexOf(separator, from)) {
                budget.step();
                parts.add(text.substring(from, at));
                from = at + separator.length();
            }
            parts.add(text.substring(from));
            return parts;
        }
        budget.text(text.length());
        for (int from = skip(text, 0, true); from < text.length();) {
            budget.step();
            int to = parts.size() == most ? text.length() : skip(text, from, false);
            parts.add(text.substring(from, to));
            from = skip(text, to, true);
        }
        return parts;
    }

    private static int skip(String text, int from, boolean isSpace) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at)) == isSpace) {
            at++;
        }
        return at;
    }

    static List<Object> splitRight(String text, String separator, int most, Budget budget) {
        if (most < 0) {
            return split(text, separator, most, budget);
        }
        budget.text(text.length());
        String backward = new StringBuilder(text).reverse().toString();
        List<Object> parts = split(backward, separator == null ? null : new StringBuilder(separator).reverse().toString(), most, budget);
        List<Object> forward = new ArrayList<>();
        for (int i = parts.size() - 1; i >= 0; i--) {
            forward.add(new StringBuilder((String) parts.get(i)).reverse().toString());
        }
        return forward;
    }
}
