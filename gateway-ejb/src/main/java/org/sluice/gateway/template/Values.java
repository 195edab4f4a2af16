package org.sluice.gateway.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Python says of values: truth, kind, equality, order, items. */
final class Values {
    private Values() { }

    static boolean truth(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof Undefined undefined) {
            undefined.use();
            return false;
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return value != None.NONE && (!(value instanceof Double number) || number != 0);
    }

    /** Python's name of its type. */
    static String type(Object value) {
        return value == None.NONE ? "NoneType"
                : value instanceof Boolean ? "bool"
                : value instanceof Long || value instanceof BigInteger ? "int"
                : value instanceof Double ? "float"
                : value instanceof String ? "str"
                : value instanceof Tuple ? "tuple"
                : value instanceof Range ? "range"
                : value instanceof List ? "list"
                : value instanceof Map ? "dict"
                : value instanceof Undefined ? "Undefined"
                : value instanceof Namespace ? "Namespace"
                : value instanceof LoopState ? "LoopContext" : "function";
    }

    static Object defined(Object value) {
        if (value instanceof Undefined undefined) {
            throw undefined.failure();
        }
        return value;
    }

    /** The items a loop sees: of a map its keys, of text its characters. The list is not to be changed. */
    @SuppressWarnings("unchecked")
    static List<Object> items(Object value, Budget budget) {
        if (value instanceof List<?> list) {
            return (List<Object>) list;
        }
        if (value instanceof Map<?, ?> map) {
            budget.steps(map.size());
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof String text) {
            budget.steps(text.length());
            List<Object> characters = new ArrayList<>(text.length());
            for (int i = 0; i < text.length();) {
                int end = text.offsetByCodePoints(i, 1);
                characters.add(text.substring(i, end));
                i = end;
            }
            return characters;
        }
        if (value instanceof Undefined undefined) {
            undefined.use();
            return List.of();
        }
        throw Failure.value("'" + type(value) + "' object is not iterable");
    }

    static long length(Object value, Budget budget) {
        if (value instanceof String text) {
            return Strings.length(text, budget);
        }
        if (value instanceof List<?> list) {
            return list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof LoopState loop) {
            return loop.size();
        }
        if (value instanceof Undefined undefined) {
            undefined.use();
            return 0;
        }
        throw Failure.value("object of type '" + type(value) + "' has no len()");
    }

    static boolean equal(Object left, Object right, Budget budget) {
        return equal(left, right, budget, 0);
    }

    private static boolean equal(Object left, Object right, Budget budget, int depth) {
        if (left instanceof String one && right instanceof String other) {
            budget.scan(Math.min(one.length(), other.length()));
            return one.equals(other);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right) == 0;
        }
        deeper(depth);
        if (left instanceof List<?> one && right instanceof List<?> other) {
            return type(left).equals(type(right)) && equal(one, other, budget, depth);
        }
        if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
            return equal(one, other, budget, depth);
        }
        if (left instanceof Undefined one && right instanceof Undefined other) {
            one.use();
            other.use();
            return true;
        }
        if (left instanceof Undefined || right instanceof Undefined) {
            (left instanceof Undefined one ? one : (Undefined) right).use();
            return false;
        }
        return left == right;
    }

    private static boolean equal(List<?> one, List<?> other, Budget budget, int depth) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            budget.step();
            if (!equal(one.get(i), other.get(i), budget, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(Map<?, ?> one, Map<?, ?> other, Budget budget, int depth) {
        if (one.size() != other.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : one.entrySet()) {
            budget.step();
            Object there = other.get(keyIn(other, entry.getKey()));
            if (there == null || !equal(entry.getValue(), there, budget, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Below 0, 0 or above, as {@code <} orders; values that have no order fail. {@link Numbers#UNORDERED} with NaN. */
    static int compare(Object left, Object right, String operator, Budget budget) {
        return compare(left, right, operator, budget, 0);
    }

    private static int compare(Object left, Object right, String operator, Budget budget, int depth) {
        if (left instanceof String one && right instanceof String other) {
            budget.scan(Math.min(one.length(), other.length()));
            return Strings.compare(one, other);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Numbers.compare(left, right);
        }
        deeper(depth);
        if (left instanceof List<?> one && right instanceof List<?> other && type(left).equals(type(right)) && !(left instanceof Range)) {
            for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
                budget.step();
                if (!equal(one.get(i), other.get(i), budget, depth + 1)) {
                    return compare(one.get(i), other.get(i), operator, budget, depth + 1);
                }
            }
            return Integer.compare(one.size(), other.size());
        }
        defined(left);
        defined(right);
        throw Failure.value("'" + operator + "' not supported between instances of '" + type(left) + "' and '" + type(right) + "'");
    }

    static boolean contains(Object container, Object item, Budget budget) {
        if (container instanceof String text) {
            if (!(item instanceof String wanted)) {
                defined(item);
                throw Failure.value("'in <string>' requires string as left operand, not " + type(item));
            }
            budget.search(text.length(), wanted.length());
            return text.contains(wanted);
        }
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(keyIn(map, item));
        }
        for (Object candidate : items(container, budget)) {
            budget.step();
            if (equal(candidate, item, budget)) {
                return true;
            }
        }
        return false;
    }

    /** The key of a map that this value is: one that is there, if it is equal, as 1, 1.0 and true are; else the value itself. */
    static Object keyIn(Map<?, ?> map, Object value) {
        if (value instanceof String) {
            return value;
        }
        Object key = key(value);
        if (!(key instanceof Long number) || map.isEmpty()) {
            return value;
        }
        Object asFlag = number == 0 ? Boolean.FALSE : number == 1 ? (Object) Boolean.TRUE : key;
        return map.containsKey(key) ? key : map.containsKey(number.doubleValue()) ? (Object) number.doubleValue() : map.containsKey(asFlag) ? asFlag : value;
    }

    /** One for all values that are equal as keys: 1, 1.0 and true. */
    static Object key(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1L << 53) {
            return number.longValue();
        }
        if (value instanceof String || value instanceof Long || value instanceof Double || value instanceof BigInteger || value == None.NONE) {
            return value;
        }
        defined(value);
        throw Failure.value("unhashable type: '" + type(value) + "'");
    }

    static void deeper(int depth) {
        if (depth > TemplateLimits.VALUE_DEPTH * 2) {
            throw Failure.limit("a value is nested deeper than " + TemplateLimits.VALUE_DEPTH * 2 + " levels");
        }
    }

    static String text(Object value, String what) {
        if (value instanceof String text) {
            return text;
        }
        defined(value);
        throw Failure.value(what + " must be str, not " + type(value));
    }
}
