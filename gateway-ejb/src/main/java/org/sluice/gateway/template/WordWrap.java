package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.List;

/** The {@code wordwrap} filter: every line of the text filled again, broken at blanks, after hyphens, and inside words too long. */
final class WordWrap {
    private final int width;
    private final boolean breaksLongWords;
    private final boolean breaksOnHyphens;
    private final String end;
    private final Budget budget;
    private final Output out;
    private boolean isFirst = true;

    private WordWrap(Arguments a, int expected, Budget budget) {
        width = a.number(0, 79, "width");
        breaksLongWords = a.get(1) == null || a.isTrue(1);
        end = a.has(2) ? Values.text(a.get(2), "wrapstring") : "\n";
        breaksOnHyphens = a.get(3) == null || a.isTrue(3);
        if (width <= 0) {
            throw Failure.value("the width of wordwrap must be more than 0");
        }
        this.budget = budget;
        out = new Output(budget, expected);
    }

    static String wrap(String text, Arguments a, Budget budget) {
        WordWrap wrap = new WordWrap(a, text.length(), budget);
        for (Object line : Strings.lines(text, false, budget)) {
            wrap.paragraph((String) line);
        }
        return wrap.out.toString();
    }

    private void paragraph(String text) {
        List<String> chunks = chunks(text);
        boolean isEmpty = true;
        int from = 0;
        while (from < chunks.size()) {
            if (!isEmpty && isBlank(chunks.get(from))) {
                from++;
                continue;
            }
            List<String> line = new ArrayList<>();
            int length = 0;
            while (from < chunks.size() && length + size(chunks.get(from)) <= width) {
                length += size(chunks.get(from));
                line.add(chunks.get(from++));
            }
            if (from < chunks.size() && size(chunks.get(from)) > width) {
                from = longWord(chunks, from, line, width - length);
            }
            if (!line.isEmpty() && isBlank(line.get(line.size() - 1))) {
                line.remove(line.size() - 1);
            }
            if (!line.isEmpty()) {
                isEmpty = false;
                line(String.join("", line));
            }
        }
        if (isEmpty) {
            line("");
        }
    }

    /** A word wider than the line: its beginning, or all of it when words are not broken and the line is empty. */
    private int longWord(List<String> chunks, int from, List<String> line, int room) {
        String word = chunks.get(from);
        if (!breaksLongWords) {
            if (line.isEmpty()) {
                line.add(word);
                return from + 1;
            }
            return from;
        }
        int cut = word.offsetByCodePoints(0, room);
        int hyphen = breaksOnHyphens ? word.lastIndexOf('-', cut - 1) : -1;
        if (hyphen > 0 && word.substring(0, hyphen).chars().anyMatch(c -> c != '-')) {
            cut = hyphen + 1;
        }
        budget.text(word.length());
        line.add(word.substring(0, cut));
        chunks.set(from, word.substring(cut));
        return from;
    }

    private void line(String text) {
        budget.step();
        if (!isFirst) {
            out.add(end);
        }
        isFirst = false;
        out.add(text);
    }

    private int size(String chunk) {
        return Strings.length(chunk, budget);
    }

    private static boolean isBlank(String chunk) {
        return chunk.isEmpty() || isBlank(chunk.charAt(0));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= 9 && c <= 13;
    }

    private List<String> chunks(String text) {
        budget.text(text.length());
        List<String> chunks = new ArrayList<>();
        for (int from = 0; from < text.length();) {
            int to = from + 1;
            boolean isBlank = isBlank(text.charAt(from));
            while (to < text.length() && isBlank(text.charAt(to)) == isBlank && !(breaksOnHyphens && !isBlank && isBreak(text, from, to))) {
                to++;
            }
            budget.steps(2);
            chunks.add(text.substring(from, to));
            from = to;
        }
        return chunks;
    }

    /** Whether a word may be broken before {@code at}: behind a hyphen between letters, and around a dash of hyphens. */
    private static boolean isBreak(String text, int from, int at) {
        boolean isAfterHyphen = text.charAt(at - 1) == '-';
        if (isAfterHyphen && text.charAt(at) != '-' && at - from >= 2) {
            if (text.charAt(at - 2) == '-') {
                return isWord(text.charAt(at));
            }
            return at - from >= 3 && isLetter(text.charAt(at - 2)) && isWord(text.charAt(at - 3)) && isWordAhead(text, at);
        }
        return text.charAt(at) == '-' && at + 2 < text.length() && text.charAt(at + 1) == '-' && !isAfterHyphen && isWord(text.charAt(at - 1))
                && isWordBehindDash(text, at);
    }

    private static boolean isWordBehindDash(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) == '-') {
            end++;
        }
        return end < text.length() && isWord(text.charAt(end));
    }

    /** A word character and then a letter, in the word that begins here. */
    private static boolean isWordAhead(String text, int at) {
        int end = at;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
            if (end - at >= 2 && isLetter(text.charAt(end - 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) || c == '_';
    }
}
