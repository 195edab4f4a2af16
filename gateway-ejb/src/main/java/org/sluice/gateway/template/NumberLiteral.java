package org.sluice.gateway.template;

import java.math.BigInteger;
import org.sluice.gateway.template.Token.Type;

/** Numbers of the source: integers of four bases and floats, with underscores between digits. */
final class NumberLiteral {
    private static final int LONGEST = 400;
    private final String source;
    private final int from;
    private int at;

    private NumberLiteral(String source, int from) {
        this.source = source;
        this.from = from;
        at = from;
    }

    /** The number that begins here with a digit. */
    static Token read(String source, int from) {
        NumberLiteral number = new NumberLiteral(source, from);
        Object value = number.value();
        return new Token(Type.NUMBER, source.substring(from, number.at), value, from);
    }

    private Object value() {
        int radix = radix();
        if (radix != 10) {
            at = from + 2;
            digits(radix);
            return integer(from + 2, radix);
        }
        digits(10);
        boolean isFloat = false;
        boolean isBehindPoint = from > 0 && source.charAt(from - 1) == '.';
        if (!isBehindPoint && peek(0) == '.' && isDigit(peek(1), 10)) {
            isFloat = true;
            at++;
            digits(10);
        }
        int exponent = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
        if (!isBehindPoint && (peek(0) == 'e' || peek(0) == 'E') && isDigit(peek(exponent), 10)) {
            isFloat = true;
            at += exponent;
            digits(10);
        }
        bounded();
        return isFloat ? (Object) Double.parseDouble(source.substring(from, at).replace("_", "")) : integer(from, 10);
    }

    private int radix() {
        char mark = Character.toLowerCase(peek(1));
        int radix = peek(0) != '0' ? 10 : mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
        return radix != 10 && (isDigit(peek(2), radix) || peek(2) == '_' && isDigit(peek(3), radix)) ? radix : 10;
    }

    private void digits(int radix) {
        while (isDigit(peek(0), radix) || peek(0) == '_' && isDigit(peek(1), radix)) {
            at++;
        }
    }

    private char peek(int ahead) {
        return at + ahead < source.length() ? source.charAt(at + ahead) : 0;
    }

    private static boolean isDigit(char c, int radix) {
        return c < 128 && Character.digit(c, radix) >= 0;
    }

    private void bounded() {
        if (at - from > LONGEST) {
            throw Failure.syntax(from, "the number has more than " + LONGEST + " digits");
        }
    }

    private Object integer(int start, int radix) {
        bounded();
        try {
            return Numbers.integer(new BigInteger(source.substring(start, at).replace("_", ""), radix));
        } catch (Failure failure) {
            throw Failure.syntax(from, failure.getMessage());
        }
    }
}
