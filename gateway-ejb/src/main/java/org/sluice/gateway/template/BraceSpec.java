package org.sluice.gateway.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One format of {@link BraceFormat}: {@code [[fill]align][sign][#][0][width][,][.precision][type]}. */
final class BraceSpec {
    private static final Pattern FORM = Pattern.compile("(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\\d{1,7})?([,_])?(?:\\.(\\d{1,4}))?([a-zA-Z%])?", Pattern.DOTALL);
    private final String fill;
    private final char align;
    private final String sign;
    private final boolean isAlternate;
    private final int width;
    private final String group;
    private final int precision;
    private final char type;

    private BraceSpec(String spec) {
        Matcher parts = FORM.matcher(spec);
        if (!parts.matches()) {
            throw Failure.value("invalid format specifier");
        }
        boolean isZeroed = parts.group(5) != null;
        fill = parts.group(1) != null ? parts.group(1) : isZeroed ? "0" : " ";
        align = parts.group(2) != null ? parts.group(2).charAt(0) : isZeroed ? '=' : 0;
        sign = parts.group(3) == null ? "-" : parts.group(3);
        isAlternate = parts.group(4) != null;
        width = parts.group(6) == null ? 0 : Integer.parseInt(parts.group(6));
        group = parts.group(7);
        precision = parts.group(8) == null ? -1 : Integer.parseInt(parts.group(8));
        type = parts.group(9) == null ? 0 : parts.group(9).charAt(0);
        if (precision > NumberFormat.MAX_PRECISION) {
            throw Failure.limit("a precision is larger than " + NumberFormat.MAX_PRECISION);
        }
    }

    static String format(Object value, String spec, Budget budget) {
        BraceSpec form = new BraceSpec(spec);
        if (Numbers.isNumber(value) && (!(value instanceof Boolean) || form.type != 0)) {
            return form.number(value, budget);
        }
        Values.defined(value);
        if (!(value instanceof String) && !(value instanceof Boolean) || form.type != 0 && form.type != 's' || form.align == '=') {
            throw Failure.value("this format does not fit a " + Values.type(value));
        }
        String text = Written.text(value, budget);
        if (form.precision >= 0 && Strings.length(text, budget) > form.precision) {
            text = text.substring(0, text.offsetByCodePoints(0, form.precision));
        }
        return form.padded(text, '<', budget);
    }

    private String padded(String text, char otherwise, Budget budget) {
        char where = align == 0 ? otherwise : align;
        if (where != '^') {
            return Strings.pad(text, width, fill, where == '<' ? -1 : 1, budget);
        }
        int missing = Math.max(0, width - Strings.length(text, budget));
        return new Output(budget, 16).repeat(fill, missing / 2).add(text).repeat(fill, missing - missing / 2).toString();
    }

    private String number(Object value, Budget budget) {
        boolean isInteger = Numbers.isInteger(value) && (type == 0 || "dxXobnc".indexOf(type) >= 0);
        String digits;
        boolean isNegative;
        if (isInteger) {
            if (precision >= 0 || type == 'c' || type == 'n') {
                throw Failure.value("this format does not fit an integer");
            }
            isNegative = Numbers.big(value).signum() < 0;
            digits = NumberFormat.digits(Numbers.big(value), type == 0 ? 'd' : type);
        } else {
            double real = Numbers.real(value);
            isNegative = real < 0 || real == 0 && 1 / real < 0;
            digits = real(real);
        }
        if (group != null) {
            digits = NumberFormat.grouped(digits, group.charAt(0), "xXob".indexOf(type) >= 0 ? 4 : 3);
        }
        String front = (isNegative ? "-" : sign.equals("-") ? "" : sign) + (isAlternate && isInteger && "xXob".indexOf(type) >= 0 ? "0" + type : "");
        return align == '=' ? front + Strings.pad(digits, width - front.length(), fill, 1, budget) : padded(front + digits, '>', budget);
    }

    private String real(double value) {
        if (type == 0 && precision < 0) {
            String text = Written.real(value);
            return text.startsWith("-") ? text.substring(1) : text;
        }
        if (type == '%') {
            return NumberFormat.digits(value * 100, 'f', precision < 0 ? 6 : precision, isAlternate) + "%";
        }
        if (type != 0 && "eEfFgG".indexOf(type) < 0) {
            throw Failure.value("unknown format code for a float");
        }
        return NumberFormat.digits(value, type == 0 ? 'g' : type, precision < 0 ? 6 : precision, isAlternate);
    }
}
