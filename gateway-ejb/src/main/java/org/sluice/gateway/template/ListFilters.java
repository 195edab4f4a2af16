package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.template.Operation.Operator;

/** Filters on lists, and on what a loop would take for one. */
final class ListFilters {
    private ListFilters() { }

    static void addTo() {
        Filters.add("length", 0, "", (value, a, render) -> Values.length(value, render.budget));
        Filters.alias("count", "length");
        Filters.add("first", 0, "", (value, a, render) -> edge(value, true, render));
        Filters.add("last", 0, "", (value, a, render) -> edge(value, false, render));
        Filters.add("list", 0, "", (value, a, render) -> copy(value, render));
        Filters.add("items", 0, "", (value, a, render) -> pairs(value, render));
        Filters.add("join", 0, "d attribute", ListFilters::join);
        Filters.add("reverse", 0, "", (value, a, render) -> value instanceof String text ? Strings.reverse(text, render.budget) : reversed(value, render));
        Filters.add("sort", 0, "reverse case_sensitive attribute", ListFilters::sort);
        Filters.add("unique", 0, "case_sensitive attribute", ListFilters::unique);
        Filters.add("min", 0, "case_sensitive attribute", (value, a, render) -> extreme(value, a, true, render));
        Filters.add("max", 0, "case_sensitive attribute", (value, a, render) -> extreme(value, a, false, render));
        Filters.add("sum", 0, "attribute start", ListFilters::sum);
        Filters.add("batch", 1, "linecount fill_with", ListFilters::batch);
        Filters.add("slice", 1, "slices fill_with", ListFilters::slice);
        Filters.add("groupby", 1, "attribute default case_sensitive", ListFilters::groups);
        Filters.add("dictsort", 0, "case_sensitive by reverse", ListFilters::sortedPairs);
    }

    private static Object edge(Object value, boolean isFirst, Render render) {
        if (value instanceof String text && !text.isEmpty()) {
            return Character.toString(isFirst ? text.codePointAt(0) : text.codePointBefore(text.length()));
        }
        List<Object> items = Values.items(value, render.budget);
        return !items.isEmpty() ? items.get(isFirst ? 0 : items.size() - 1)
                : new Undefined("No " + (isFirst ? "first" : "last") + " item, sequence was empty.", null, render.isStrict());
    }

    private static List<Object> copy(Object value, Render render) {
        List<Object> items = Values.items(value, render.budget);
        render.budget.steps(items.size());
        return new ArrayList<>(items);
    }

    private static Object pairs(Object value, Render render) {
        if (value instanceof Map<?, ?> map) {
            return Methods.items(map, render.budget);
        }
        if (value instanceof Undefined undefined) {
            undefined.use();
            return new ArrayList<>();
        }
        throw Failure.value("Can only get item pairs from a mapping.");
    }

    private static List<Object> reversed(Object value, Render render) {
        List<Object> items = copy(value, render);
        java.util.Collections.reverse(items);
        return items;
    }

    private static Object join(Object value, Arguments a, Render render) {
        String separator = a.get(0) == null ? "" : Written.text(a.get(0), render.budget);
        Output out = new Output(render.budget, 64);
        boolean isFirst = true;
        for (Object item : Values.items(value, render.budget)) {
            render.budget.step();
            if (!isFirst) {
                out.add(separator);
            }
            isFirst = false;
            out.add(Written.text(a.has(1) ? Filters.attribute(item, a.get(1), null, render) : item, render.budget));
        }
        return out.toString();
    }

    private static Object caseless(Object key, Render render) {
        return key instanceof String text ? Strings.lower(text, render.budget) : key;
    }

    /** What an item is sorted by; several attributes are a list. */
    private static Object key(Object item, Object attribute, boolean isCaseless, Render render) {
        Object key = attribute == null || attribute == None.NONE ? item : Filters.attribute(item, attribute, null, render);
        return isCaseless ? caseless(key, render) : key;
    }

    private static Object sort(Object value, Arguments a, Render render) {
        boolean isCaseless = !a.isTrue(1);
        Object attribute = a.get(2, None.NONE);
        List<Object> attributes = attribute instanceof String text && text.indexOf(',') >= 0 ? Strings.split(text, ",", -1, render.budget) : List.of(attribute);
        return Sorting.sorted(Values.items(value, render.budget), item -> {
            render.budget.steps(attributes.size());
            List<Object> keys = new ArrayList<>(attributes.size());
            for (Object each : attributes) {
                keys.add(key(item, each, isCaseless, render));
            }
            return keys;
        }, a.isTrue(0), render.budget);
    }

    private static Object unique(Object value, Arguments a, Render render) {
        Set<Object> seen = new HashSet<>();
        List<Object> kept = new ArrayList<>();
        for (Object item : Values.items(value, render.budget)) {
            render.budget.step();
            if (seen.add(Values.key(key(item, a.get(1), !a.isTrue(0), render)))) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static Object extreme(Object value, Arguments a, boolean isLeast, Render render) {
        Object best = null;
        Object bestKey = null;
        for (Object item : Values.items(value, render.budget)) {
            render.budget.step();
            Object key = key(item, a.get(1), !a.isTrue(0), render);
            if (best == null || Operation.holds(isLeast ? Operator.LESS : Operator.GREATER, key, bestKey, render.budget)) {
                best = item;
                bestKey = key;
            }
        }
        return best != null ? best : new Undefined("No aggregated item, sequence was empty.", null, render.isStrict());
    }

    private static Object sum(Object value, Arguments a, Render render) {
        Object sum = a.get(1, 0L);
        for (Object item : Values.items(value, render.budget)) {
            render.budget.step();
            Object more = a.has(0) ? Filters.attribute(item, a.get(0), null, render) : item;
            if (more instanceof String || sum instanceof String) {
                throw Failure.value("sum() can't sum strings; use join");
            }
            sum = Calculation.of(Operator.ADD, sum, more, render.budget);
        }
        return sum;
    }

    private static Object batch(Object value, Arguments a, Render render) {
        int size = a.number(0, 1, "linecount");
        int expected = Math.max(0, Math.min(size, 10));
        List<Object> rows = new ArrayList<>();
        List<Object> row = new ArrayList<>(expected);
        for (Object item : Values.items(value, render.budget)) {
            render.budget.step();
            if (row.size() == size) {
                rows.add(row);
                row = new ArrayList<>(expected);
            }
            row.add(item);
        }
        if (!row.isEmpty()) {
            fill(row, a.has(1) ? size - row.size() : 0, a.get(1), render);
            rows.add(row);
        }
        return rows;
    }

    private static void fill(List<Object> row, int count, Object with, Render render) {
        render.budget.steps(Math.max(0, count));
        for (int i = 0; i < count; i++) {
            row.add(with);
        }
    }

    private static Object slice(Object value, Arguments a, Render render) {
        List<Object> items = Values.items(value, render.budget);
        int count = a.number(0, 1, "slices");
        if (count == 0) {
            throw Failure.value("integer division or modulo by zero");
        }
        render.budget.steps((long) items.size() + Math.max(0, count));
        List<Object> slices = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < count; i++) {
            boolean isLonger = i < items.size() % count;
            int to = from + items.size() / count + (isLonger ? 1 : 0);
            List<Object> part = new ArrayList<>(items.subList(from, to));
            fill(part, a.has(1) && !isLonger ? 1 : 0, a.get(1), render);
            slices.add(part);
            from = to;
        }
        return slices;
    }

    private static Object groups(Object value, Arguments a, Render render) {
        boolean isCaseless = !a.isTrue(2);
        List<Object> sorted = Sorting.sorted(Values.items(value, render.budget), item -> grouper(item, a, isCaseless, render), false, render.budget);
        List<Object> groups = new ArrayList<>();
        List<Object> group = null;
        Object last = null;
        for (Object item : sorted) {
            Object key = grouper(item, a, isCaseless, render);
            render.budget.step();
            if (group == null || !Values.equal(last, key, render.budget)) {
                group = new ArrayList<>();
                groups.add(new Tuple(List.of("grouper", "list"), grouper(item, a, false, render), group));
            }
            group.add(item);
            last = key;
        }
        return groups;
    }

    private static Object grouper(Object item, Arguments a, boolean isCaseless, Render render) {
        Object key = Filters.attribute(item, a.get(0), a.get(1), render);
        return isCaseless ? caseless(key, render) : key;
    }

    private static Object sortedPairs(Object value, Arguments a, Render render) {
        String by = a.get(1) == null ? "key" : Values.text(a.get(1), "by");
        if (!by.equals("key") && !by.equals("value")) {
            throw Failure.value("You can only sort by either \"key\" or \"value\"");
        }
        if (!(value instanceof Map<?, ?> map)) {
            Values.defined(value);
            throw Failure.value("dictsort takes a mapping, not " + Values.type(value));
        }
        int at = by.equals("key") ? 0 : 1;
        boolean isCaseless = !a.isTrue(0);
        return Sorting.sorted(Methods.items(map, render.budget), pair -> {
            Object key = ((Tuple) pair).get(at);
            return isCaseless ? caseless(key, render) : key;
        }, a.isTrue(2), render.budget);
    }
}
