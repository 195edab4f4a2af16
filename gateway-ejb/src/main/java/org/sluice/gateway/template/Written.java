package org.sluice.gateway.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** Values as text: what Python's {@code str} and {@code repr} say of them. */
final class Written {
    private Written() { }

    static String text(Object value, Budget budget) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Long number) {
            return Long.toString(number);
        }
        if (value instanceof Undefined undefined) {
            undefined.use();
            return "";
        }
        return value instanceof List || value instanceof Map || value instanceof Namespace ? repr(value, budget) : scalar(value);
    }

    static String repr(Object value, Budget budget) {
        Output out = new Output(budget, 64);
        repr(value, out, budget, 0);
        return out.toString();
    }

    private static void repr(Object value, Output out, Budget budget, int depth) {
        Values.deeper(depth);
        budget.step();
        if (value instanceof String text) {
            quote(text, out);
        } else if (value instanceof Range) {
            out.add(value.toString());
        } else if (value instanceof List<?> list) {
            boolean isTuple = value instanceof Tuple;
            out.add(isTuple ? '(' : '[');
            for (int i = 0; i < list.size(); i++) {
                if (i > 0) {
                    out.add(", ");
                }
                repr(list.get(i), out, budget, depth + 1);
            }
            out.add(isTuple ? list.size() == 1 ? ",)" : ")" : "]");
        } else if (value instanceof Map<?, ?> map) {
            map(map, out, budget, depth);
        } else if (value instanceof Namespace namespace) {
            out.add("<Namespace ");
            map(namespace.members, out, budget, depth + 1);
            out.add('>');
        } else if (value instanceof Undefined undefined) {
            undefined.use();
            out.add("Undefined");
        } else {
            out.add(scalar(value));
        }
    }

    private static void map(Map<?, ?> map, Output out, Budget budget, int depth) {
        out.add('{');
        boolean isFirst = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!isFirst) {
                out.add(", ");
            }
            isFirst = false;
            repr(entry.getKey(), out, budget, depth + 1);
            out.add(": ");
            repr(entry.getValue(), out, budget, depth + 1);
        }
        out.add('}');
    }

    private static String scalar(Object value) {
        return value == None.NONE ? "None"
                : value instanceof Boolean flag ? flag ? "True" : "False"
                : value instanceof Double number ? real(number)
                : value instanceof Number ? value.toString()
                : value instanceof Macro macro ? "<Macro '" + macro.name() + "'>"
                : value instanceof LoopState loop ? loop.toString()
                : "<" + Values.type(value) + ">";
    }

    private static void quote(String text, Output out) {
        char mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.add(mark);
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == mark || c == '\\') {
                out.add('\\').add((char) c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                out.add(c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
            } else if (isPrintable(c)) {
                out.codePoint(c);
            } else {
                out.add(c < 0x100 ? String.format("\\x%02x", c) : c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c));
            }
        }
        out.add(mark);
    }

    private static boolean isPrintable(int c) {
        if (c >= ' ' && c < 0x7f) {
            return true;
        }
        int type = Character.getType(c);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED && type != Character.LINE_SEPARATOR && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SPACE_SEPARATOR;
    }

    /** The shortest decimal that is read back as the same double, plain from 1e-4 to 1e16. */
    static String real(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return value == 0 && 1 / value < 0 ? "-0.0" : (long) value + ".0";
        }
        BigDecimal shortest = shortest(value);
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= 16) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        }
        String plain = shortest.abs().toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }

    /** Java's own, before 19, is not always the shortest. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int precision = Math.abs(value) < 1e-300 ? 1 : 15; precision < 17; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
