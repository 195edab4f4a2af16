package org.sluice.gateway.template;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Filters on numbers. */
final class NumberFilters {
    private static final String[] UNITS = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
    private static final int LONGEST_NUMBER = 400;

    private NumberFilters() { }

    private static Object number(Object value, String what) {
        Values.defined(value);
        if (!Numbers.isNumber(value)) {
            throw Failure.value(what + " takes a number, not " + Values.type(value));
        }
        return value;
    }

    static Object abs(Object value) {
        number(value, "abs");
        return value instanceof Double number ? (Object) Math.abs(number) : Numbers.integer(Numbers.big(value).abs());
    }

    static Object round(Object value, Arguments a) {
        int digits = a.number(0, 0, "the precision of round");
        String method = a.get(1) == null ? "common" : Values.text(a.get(1), "the method of round");
        number(value, "round");
        switch (method) {
            case "common":
                return value instanceof Double number ? (Object) Numbers.round(number, digits) : Numbers.round(Numbers.big(value), digits);
            case "ceil", "floor":
                if (Math.abs(digits) > 300) {
                    throw Failure.limit("the precision of round is too large");
                }
                double scale = Math.pow(10, digits);
                double scaled = Numbers.real(value) * scale;
                return (method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / scale;
            default:
                throw Failure.value("method must be common, ceil or floor");
        }
    }

    static Object integer(Object value, Arguments a) {
        Object otherwise = a.get(0, 0L);
        int base = a.number(1, 10, "the base");
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        if (Numbers.isInteger(value)) {
            return Numbers.integer(Numbers.big(value));
        }
        Object parsed = value instanceof String text ? parse(text, base) : null;
        if (parsed != null) {
            return parsed;
        }
        Double real = value instanceof Double number ? number : value instanceof String text ? real(text) : null;
        return real == null || real.isNaN() || real.isInfinite() ? otherwise : Numbers.truncated(real);
    }

    /** Null when it is not one. */
    private static Object parse(String text, int base) {
        if (text.length() > LONGEST_NUMBER || base != 0 && (base < 2 || base > 36)) {
            return null;
        }
        String digits = text.strip();
        String sign = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(0, 1) : "";
        digits = digits.substring(sign.length()).toLowerCase(java.util.Locale.ROOT);
        String prefix = digits.startsWith("0x") ? "x" : digits.startsWith("0o") ? "o" : digits.startsWith("0b") ? "b" : "";
        int meant = prefix.equals("x") ? 16 : prefix.equals("o") ? 8 : prefix.equals("b") ? 2 : base == 0 ? 10 : base;
        if (!prefix.isEmpty() && (base == 0 || base == meant)) {
            digits = digits.substring(2);
        } else if (!prefix.isEmpty()) {
            meant = base;
        }
        digits = withoutUnderscores(digits);
        if (digits == null) {
            return null;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), meant) < 0) {
                return null;
            }
        }
        return Numbers.integer(new BigInteger((sign.equals("-") ? "-" : "") + digits, meant));
    }

    /** Single ones between digits are allowed; null for any other. */
    private static String withoutUnderscores(String digits) {
        boolean isWrong = digits.isEmpty() || digits.startsWith("_") || digits.endsWith("_") || digits.contains("__");
        return isWrong ? null : digits.replace("_", "");
    }

    static Object real(Object value, Arguments a) {
        Object otherwise = a.get(0, 0.0);
        Values.defined(value);
        if (Numbers.isNumber(value)) {
            return Numbers.real(value);
        }
        Double real = value instanceof String text ? real(text) : null;
        return real == null ? otherwise : real;
    }

    /** Python's float(text); null when it is not one. Java's hexadecimal forms and suffixes are none. */
    private static Double real(String text) {
        String digits = text.length() > LONGEST_NUMBER ? "" : text.strip().toLowerCase(java.util.Locale.ROOT);
        String unsigned = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
        double sign = digits.startsWith("-") ? -1 : 1;
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (unsigned.equals("nan")) {
            return Double.NaN;
        }
        String plain = withoutUnderscores(unsigned);
        if (plain == null || !plain.matches("(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d{1,6})?")) {
            return null;
        }
        return sign * Double.parseDouble(plain);
    }

    static String fileSize(Object value, Arguments a) {
        Object given = real(value, Arguments.of(None.NONE));
        if (given == None.NONE) {
            throw Failure.value("filesizeformat takes a number");
        }
        double bytes = (Double) given;
        boolean isBinary = a.isTrue(0);
        int base = isBinary ? 1024 : 1000;
        if (bytes < base) {
            return bytes == 1 ? "1 Byte" : Written.text(Numbers.truncated(bytes), null) + " Bytes";
        }
        int unit = 0;
        BigDecimal size = BigDecimal.valueOf(base).multiply(BigDecimal.valueOf(base));
        while (unit < UNITS.length - 1 && bytes >= size.doubleValue()) {
            unit++;
            size = size.multiply(BigDecimal.valueOf(base));
        }
        String prefix = isBinary ? UNITS[unit].toUpperCase(java.util.Locale.ROOT) + "i" : UNITS[unit];
        return NumberFormat.digits(base * bytes / size.doubleValue(), 'f', 1, false) + " " + prefix + "B";
    }
}
