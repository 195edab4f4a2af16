package org.sluice.gateway.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.sluice.gateway.template.Token.Type;

/**
 * Cuts the source into {@link Token}s, one at a time. Text outside of tags is one token, comments are none; {@code -} beside
 * a delimiter takes the blanks there. Line ends are {@code \n} already.
 */
final class Lexer {
    private static final String[] OPERATORS = {"//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{", "}",
        ">", "<", "=", ".", ":", "|", ",", ";"};
    private final String source;
    private int at;
    /** The delimiter that ends the tag we are in, or null in text. */
    private String tagEnd;
    private final Deque<Character> open = new ArrayDeque<>();
    /** One String for all places where a name stands. */
    private final Map<String, String> names = new HashMap<>();

    Lexer(String source) {
        this.source = source;
    }

    Token next() {
        return tagEnd == null ? text() : tagToken();
    }

    private Token text() {
        int from = at;
        StringBuilder text = new StringBuilder();
        int kept = at;
        while (true) {
            int mark = nextDelimiter(at);
            if (mark < 0) {
                at = source.length();
                text.append(source, kept, at);
                return text.length() > 0 ? new Token(Type.TEXT, text.toString(), null, from) : new Token(Type.END, "", null, at);
            }
            int piece = text.length();
            text.append(source, kept, mark);
            if (mark + 2 < source.length() && source.charAt(mark + 2) == '-') {
                text.setLength(Math.max(piece, withoutBlanks(text)));
            }
            char kind = source.charAt(mark + 1);
            int raw = kind == '%' ? rawBegin(mark) : -1;
            if (kind == '#') {
                at = commentEnd(mark);
            } else if (raw >= 0) {
                at = raw;
                rawText(mark, text);
            } else if (text.length() > 0) {
                at = mark;
                return new Token(Type.TEXT, text.toString(), null, from);
            } else {
                return begin(mark, kind);
            }
            kept = at;
        }
    }

    private Token begin(int mark, char kind) {
        at = mark + 2;
        if (at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
            at++;
        }
        tagEnd = kind == '{' ? "}}" : "%}";
        return new Token(kind == '{' ? Type.PRINT_BEGIN : Type.BLOCK_BEGIN, source.substring(mark, mark + 2), null, mark);
    }

    private int nextDelimiter(int from) {
        for (int mark = source.indexOf('{', from); mark >= 0 && mark + 1 < source.length(); mark = source.indexOf('{', mark + 1)) {
            char kind = source.charAt(mark + 1);
            if (kind == '{' || kind == '%' || kind == '#') {
                return mark;
            }
        }
        return -1;
    }

    private static int withoutBlanks(CharSequence text) {
        int end = text.length();
        while (end > 0 && Strings.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private int blanks(int from) {
        int end = from;
        while (end < source.length() && Strings.isSpace(source.charAt(end))) {
            end++;
        }
        return end;
    }

    private int commentEnd(int mark) {
        int sign = mark + 2 < source.length() && "-+".indexOf(source.charAt(mark + 2)) >= 0 ? 1 : 0;
        int end = source.indexOf("#}", mark + 2 + sign);
        if (end < 0) {
            throw Failure.syntax(mark, "Missing end of comment tag");
        }
        return end > mark + 2 + sign && source.charAt(end - 1) == '-' ? blanks(end + 2) : end + 2;
    }

    /** Where the text behind a raw tag begins, or -1 when it is another tag. */
    private int rawBegin(int mark) {
        int end = word(mark, "raw");
        if (end < 0) {
            return -1;
        }
        return source.startsWith("-%}", end) ? blanks(end + 3) : source.startsWith("%}", end) ? end + 2 : -1;
    }

    /** The place behind a tag's only word and the blanks around it, or -1. */
    private int word(int mark, String word) {
        int from = mark + 2 < source.length() && "-+".indexOf(source.charAt(mark + 2)) >= 0 ? mark + 3 : mark + 2;
        from = blanks(from);
        return source.startsWith(word, from) ? blanks(from + word.length()) : -1;
    }

    private void rawText(int begin, StringBuilder text) {
        for (int mark = source.indexOf("{%", at); mark >= 0; mark = source.indexOf("{%", mark + 1)) {
            int end = word(mark, "endraw");
            boolean isTrimming = end >= 0 && source.startsWith("-%}", end);
            if (end >= 0 && (isTrimming || source.startsWith("+%}", end) || source.startsWith("%}", end))) {
                int from = text.length();
                text.append(source, at, mark);
                if (source.charAt(mark + 2) == '-') {
                    text.setLength(Math.max(from, withoutBlanks(text)));
                }
                at = isTrimming ? blanks(end + 3) : source.startsWith("+%}", end) ? end + 3 : end + 2;
                return;
            }
        }
        throw Failure.syntax(begin, "Missing end of raw directive");
    }

    private Token tagToken() {
        at = blanks(at);
        if (at >= source.length()) {
            return new Token(Type.END, "", null, at);
        }
        if (open.isEmpty()) {
            int sign = source.charAt(at) == '-' || source.charAt(at) == '+' && tagEnd.equals("%}") ? 1 : 0;
            if (source.startsWith(tagEnd, at + sign)) {
                Token end = new Token(tagEnd.equals("}}") ? Type.PRINT_END : Type.BLOCK_END, tagEnd, null, at);
                at = sign == 1 && source.charAt(at) == '-' ? blanks(at + 3) : at + 2 + sign;
                tagEnd = null;
                return end;
            }
        }
        char c = source.charAt(at);
        if (c == '"' || c == '\'') {
            return string(c);
        }
        if (c >= '0' && c <= '9') {
            Token number = NumberLiteral.read(source, at);
            at += number.text().length();
            return number;
        }
        int letter = source.codePointAt(at);
        return Character.isLetter(letter) || c == '_' ? name() : operator();
    }

    private Token name() {
        int from = at;
        while (at < source.length()) {
            int letter = source.codePointAt(at);
            if (letter != '_' && !Character.isUnicodeIdentifierPart(letter) || Character.isIdentifierIgnorable(letter)) {
                break;
            }
            at += Character.charCount(letter);
        }
        String name = source.substring(from, at);
        return new Token(Type.NAME, names.computeIfAbsent(name, same -> same), null, from);
    }

    private Token operator() {
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, at)) {
                Token token = new Token(Type.OPERATOR, operator, null, at);
                balance(operator.charAt(0));
                at += operator.length();
                return token;
            }
        }
        throw Failure.syntax(at, "unexpected char '" + Character.toString(source.codePointAt(at)) + "'");
    }

    private void balance(char c) {
        if (c == '(' || c == '[' || c == '{') {
            open.push(c == '(' ? ')' : c == '[' ? ']' : '}');
        } else if (c == ')' || c == ']' || c == '}') {
            if (open.isEmpty()) {
                throw Failure.syntax(at, "unexpected '" + c + "'");
            }
            char expected = open.pop();
            if (expected != c) {
                throw Failure.syntax(at, "unexpected '" + c + "', expected '" + expected + "'");
            }
        }
    }

    private Token string(char mark) {
        int from = at;
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != mark) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw Failure.syntax(from, "the string is not closed");
        }
        at = end + 1;
        return new Token(Type.STRING, StringLiteral.meant(source.substring(from + 1, end), from), null, from);
    }
}
