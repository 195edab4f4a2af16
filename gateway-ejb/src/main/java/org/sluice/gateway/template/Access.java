package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attributes, items and slices: members of maps, places of lists and texts, and nothing else. */
final class Access {
    private Access() { }

    static Object attribute(Object value, Link.Attribute attribute, Render render) {
        Object found = member(value, attribute.name());
        if (found != null) {
            return found;
        }
        Values.defined(value);
        return new Undefined("'" + described(value) + "' has no attribute '" + attribute.name() + "'", attribute.path(), render.isStrict());
    }

    /** Null when there is none. */
    static Object member(Object value, String name) {
        return value instanceof Map<?, ?> map ? map.get(name)
                : value instanceof LoopState loop ? loop.attribute(name)
                : value instanceof Namespace namespace ? namespace.members.get(name)
                : value instanceof Tuple tuple ? tuple.named(name)
                : value instanceof Cycler cycler && name.equals("current") ? cycler.current() : null;
    }

    private static String described(Object value) {
        return value == None.NONE ? "None" : Values.type(value) + " object";
    }

    /** @param shown the key when the source itself says it, for errors; else null: a key may be a variable's value */
    static Object item(Object value, Object key, String shown, Render render) {
        Values.defined(value);
        if (value instanceof Map<?, ?> map) {
            Object found = isKey(key) ? map.get(Values.keyIn(map, key)) : null;
            return found != null ? found : missing(value, shown, render);
        }
        if (Numbers.isInteger(key) && (value instanceof List || value instanceof String)) {
            long size = Values.length(value, render.budget);
            long at = key instanceof java.math.BigInteger ? size : Numbers.small(key, "an index");
            at = at < 0 ? at + size : at;
            if (at < 0 || at >= size) {
                return missing(value, shown, render);
            }
            return value instanceof List<?> list ? list.get((int) at) : character((String) value, (int) at);
        }
        Object found = key instanceof String name ? member(value, name) : null;
        return found != null ? found : missing(value, shown, render);
    }

    private static boolean isKey(Object key) {
        return key instanceof String || Numbers.isNumber(key) || key == None.NONE;
    }

    private static String character(String text, int at) {
        int from = text.offsetByCodePoints(0, at);
        return text.substring(from, text.offsetByCodePoints(from, 1));
    }

    private static Undefined missing(Object value, String shown, Render render) {
        return new Undefined("'" + described(value) + "' has no " + (shown == null ? "such element" : "element " + shown), shown, render.isStrict());
    }

    static Object slice(Object value, Object start, Object stop, Object step, Budget budget) {
        Values.defined(value);
        if (!(value instanceof List) && !(value instanceof String)) {
            throw Failure.value("'" + Values.type(value) + "' object cannot be sliced");
        }
        long size = Values.length(value, budget);
        long by = step == None.NONE ? 1 : bound(step);
        if (by == 0) {
            throw Failure.value("slice step cannot be zero");
        }
        long from = start == None.NONE ? by > 0 ? 0 : size - 1 : clamped(bound(start), size, by);
        long to = stop == None.NONE ? by > 0 ? size : -1 : clamped(bound(stop), size, by);
        long count = by > 0 ? Math.max(0, (to - from + by - 1) / by) : Math.max(0, (from - to - by - 1) / -by);
        return value instanceof String text ? slice(text, from, by, count, budget) : slice((List<?>) value, from, by, count, budget);
    }

    private static long bound(Object value) {
        Values.defined(value);
        if (!Numbers.isInteger(value)) {
            throw Failure.value("slice indices must be integers or None, not " + Values.type(value));
        }
        return Math.max(-(1L << 40), Math.min(1L << 40, Numbers.big(value).bitLength() > 41 ? Numbers.big(value).signum() * (1L << 40) : Numbers.big(value).longValue()));
    }

    private static long clamped(long place, long size, long by) {
        long at = place < 0 ? place + size : place;
        return Math.max(by > 0 ? 0 : -1, Math.min(by > 0 ? size : size - 1, at));
    }

    private static Object slice(List<?> items, long from, long by, long count, Budget budget) {
        budget.steps(count);
        List<Object> part = new ArrayList<>((int) count);
        for (long i = 0, at = from; i < count; i++, at += by) {
            part.add(items.get((int) at));
        }
        return items instanceof Tuple ? new Tuple(part.toArray()) : part;
    }

    private static String slice(String text, long from, long by, long count, Budget budget) {
        budget.text(count);
        if (count == 0) {
            return "";
        }
        if (by == 1) {
            int start = Strings.isPlain(text, budget) ? (int) from : text.offsetByCodePoints(0, (int) from);
            return text.substring(start, text.offsetByCodePoints(start, (int) count));
        }
        budget.text(text.length());
        int[] points = text.codePoints().toArray();
        StringBuilder part = new StringBuilder((int) count);
        for (long i = 0, at = from; i < count; i++, at += by) {
            part.appendCodePoint(points[(int) at]);
        }
        return part.toString();
    }
}
