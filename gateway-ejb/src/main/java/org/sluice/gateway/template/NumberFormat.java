package org.sluice.gateway.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Digits of a number as C's and Python's {@code f}, {@code e} and {@code g} write them, without a sign. */
final class NumberFormat {
    static final int MAX_PRECISION = 1_000;

    private NumberFormat() { }

    /** @param type one of f F e E g G */
    static String digits(double value, char type, int precision, boolean isAlternate) {
        String digits;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            digits = Double.isNaN(value) ? "nan" : "inf";
        } else {
            BigDecimal exact = new BigDecimal(Math.abs(value));
            digits = switch (Character.toLowerCase(type)) {
                case 'f' -> exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString() + (isAlternate && precision == 0 ? "." : "");
                case 'e' -> scientific(exact, precision);
                default -> general(exact, Math.max(1, precision), isAlternate);
            };
        }
        return Character.isUpperCase(type) ? digits.toUpperCase(java.util.Locale.ROOT) : digits;
    }

    private static String scientific(BigDecimal exact, int precision) {
        BigDecimal rounded = rounded(exact, precision + 1);
        int exponent = exponent(rounded);
        String digits = rounded.signum() == 0 ? "0".repeat(precision + 1) : rounded.movePointLeft(exponent).setScale(precision, RoundingMode.HALF_EVEN).unscaledValue().toString();
        return digits.charAt(0) + (precision > 0 ? "." + digits.substring(1) : "") + "e" + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static BigDecimal rounded(BigDecimal exact, int digits) {
        return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static int exponent(BigDecimal value) {
        return value.signum() == 0 ? 0 : value.precision() - 1 - value.scale();
    }

    private static String general(BigDecimal exact, int precision, boolean keepsZeros) {
        int exponent = exponent(rounded(exact, precision));
        if (exponent >= -4 && exponent < precision) {
            String plain = exact.setScale(precision - 1 - exponent, RoundingMode.HALF_EVEN).toPlainString();
            return keepsZeros ? plain : withoutZeros(plain);
        }
        String scientific = scientific(exact, precision - 1);
        int mark = scientific.indexOf('e');
        return keepsZeros ? scientific : withoutZeros(scientific.substring(0, mark)) + scientific.substring(mark);
    }

    private static String withoutZeros(String digits) {
        if (digits.indexOf('.') < 0) {
            return digits;
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /** @param type one of d i u x X o b */
    static String digits(BigInteger value, char type) {
        return switch (type) {
            case 'x' -> value.abs().toString(16);
            case 'X' -> value.abs().toString(16).toUpperCase(java.util.Locale.ROOT);
            case 'o' -> value.abs().toString(8);
            case 'b' -> value.abs().toString(2);
            default -> value.abs().toString();
        };
    }

    /** A separator between every so many digits left of the point. */
    static String grouped(String digits, char separator, int every) {
        int end = 0;
        while (end < digits.length() && Character.digit(digits.charAt(end), 16) >= 0) {
            end++;
        }
        StringBuilder grouped = new StringBuilder(digits);
        for (int at = end - every; at > 0; at -= every) {
            grouped.insert(at, separator);
        }
        return grouped.toString();
    }
}
