package org.sluice.gateway.template;

import java.util.List;
import java.util.Map;

/** {@code "%s" % value}: Python's printf formatting. Widths and precisions count as text before they are made. */
final class PercentFormat {
    private final String format;
    private final Object values;
    private final Budget budget;
    private final Output out;
    private int at;
    private int used;

    private PercentFormat(String format, Object values, Budget budget) {
        this.format = format;
        this.values = values;
        this.budget = budget;
        out = new Output(budget, format.length() + 32);
    }

    /** @param values a tuple of them, a map for {@code %(name)s}, or the one */
    static String format(String format, Object values, Budget budget) {
        return new PercentFormat(format, values, budget).run();
    }

    private String run() {
        while (at < format.length()) {
            int mark = format.indexOf('%', at);
            if (mark < 0) {
                out.add(format.substring(at));
                break;
            }
            out.add(format.substring(at, mark));
            at = mark + 1;
            budget.step();
            directive();
        }
        if (used < count() && !(values instanceof Map) && (values instanceof Tuple || !(values instanceof List))) {
            throw Failure.value("not all arguments converted during string formatting");
        }
        return out.toString();
    }

    private int count() {
        return values instanceof Tuple tuple ? tuple.size() : 1;
    }

    private void directive() {
        Object member = null;
        if (peek() == '(') {
            int end = format.indexOf(')', at);
            if (end < 0 || !(values instanceof Map<?, ?> map)) {
                throw Failure.value(end < 0 ? "incomplete format key" : "format requires a mapping");
            }
            String name = format.substring(at + 1, end);
            member = map.get(name);
            if (member == null) {
                throw Failure.value("the format needs a member that is not given");
            }
            at = end + 1;
        }
        int flags = at;
        while ("-+ 0#".indexOf(peek()) >= 0) {
            at++;
        }
        String given = format.substring(flags, at);
        int width = number();
        int precision = -1;
        if (peek() == '.') {
            at++;
            precision = number();
        }
        char type = peek();
        at++;
        if (type == '%') {
            out.add('%');
            return;
        }
        convert(type, given, width, precision, member != null ? member : next());
    }

    private Object next() {
        if (used >= count()) {
            throw Failure.value("not enough arguments for format string");
        }
        Object value = values instanceof Tuple tuple ? tuple.get(used) : values;
        used++;
        return value;
    }

    private char peek() {
        if (at >= format.length()) {
            throw Failure.value("incomplete format");
        }
        return format.charAt(at);
    }

    private int number() {
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at - from > 7) {
            throw Failure.limit("a width of the format is too large");
        }
        return at == from ? 0 : Integer.parseInt(format.substring(from, at));
    }

    private void convert(char type, String flags, int width, int precision, Object value) {
        String sign = "";
        String digits;
        switch (type) {
            case 's', 'r', 'a' -> {
                digits = type == 's' ? Written.text(value, budget) : Written.repr(value, budget);
                digits = precision >= 0 && Strings.length(digits, budget) > precision ? digits.substring(0, digits.offsetByCodePoints(0, precision)) : digits;
            }
            case 'c' -> digits = value instanceof String text && text.codePointCount(0, text.length()) == 1 ? text : character(value);
            case 'd', 'i', 'u', 'x', 'X', 'o' -> {
                Object whole = value instanceof Double number && "diu".indexOf(type) >= 0 ? Numbers.truncated(number) : value;
                if (!Numbers.isInteger(whole)) {
                    throw refused(type, value);
                }
                String prefix = flags.indexOf('#') >= 0 && "xXo".indexOf(type) >= 0 ? "0" + type : "";
                sign = sign(Numbers.big(whole).signum() < 0, flags) + prefix;
                digits = Strings.pad(NumberFormat.digits(Numbers.big(whole), type), bounded(precision), "0", 1, budget);
            }
            case 'f', 'F', 'e', 'E', 'g', 'G' -> {
                if (!Numbers.isNumber(value)) {
                    throw refused(type, value);
                }
                double real = Numbers.real(value);
                sign = sign(real < 0 || real == 0 && 1 / real < 0, flags);
                digits = NumberFormat.digits(real, type, precision < 0 ? 6 : bounded(precision), flags.indexOf('#') >= 0);
            }
            default -> throw Failure.value("unsupported format character");
        }
        boolean isZeroed = flags.indexOf('0') >= 0 && flags.indexOf('-') < 0 && "src".indexOf(type) < 0;
        if (isZeroed) {
            out.add(sign).add(Strings.pad(digits, width - sign.length(), "0", 1, budget));
        } else {
            out.add(Strings.pad(sign + digits, width, " ", flags.indexOf('-') >= 0 ? -1 : 1, budget));
        }
    }

    private static int bounded(int precision) {
        if (precision > NumberFormat.MAX_PRECISION) {
            throw Failure.limit("a precision is larger than " + NumberFormat.MAX_PRECISION);
        }
        return precision;
    }

    private static String character(Object value) {
        if (!Numbers.isInteger(value) || !Character.isValidCodePoint(Numbers.small(value, "%c"))) {
            throw Failure.value("%c requires int or char");
        }
        return Character.toString(Numbers.small(value, "%c"));
    }

    private static String sign(boolean isNegative, String flags) {
        return isNegative ? "-" : flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "";
    }

    private static Failure refused(char type, Object value) {
        Values.defined(value);
        return Failure.value("%" + type + " format: a number is required, not " + Values.type(value));
    }
}
