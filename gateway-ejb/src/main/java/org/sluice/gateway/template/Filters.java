package org.sluice.gateway.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The filters by name. */
final class Filters {
    private static final Map<String, Filter> ALL = new HashMap<>();

    static {
        add("abs", 0, "", (value, a, render) -> NumberFilters.abs(value));
        add("round", 0, "precision method", (value, a, render) -> NumberFilters.round(value, a));
        add("int", 0, "default base", (value, a, render) -> NumberFilters.integer(value, a));
        add("float", 0, "default", (value, a, render) -> NumberFilters.real(value, a));
        add("filesizeformat", 0, "binary", (value, a, render) -> NumberFilters.fileSize(value, a));

        add("default", 0, "default_value boolean", (value, a, render) ->
                value instanceof Undefined || a.isTrue(1) && !Values.truth(value) ? a.get(0, "") : value);
        alias("d", "default");
        add("string", 0, "", (value, a, render) -> Written.text(value, render.budget));
        add("safe", 0, "", (value, a, render) -> Written.text(value, render.budget));
        add("tojson", 0, "indent", (value, a, render) -> JsonText.of(value, a.has(0) ? indent(a.get(0)) : null, render.budget));
        add("attr", 1, "name", (value, a, render) -> Access.item(value, Values.text(a.get(0), "attribute name"), null, render));

        TextFilters.addTo();
        ListFilters.addTo();
        SelectFilters.addTo();
    }

    private Filters() { }

    /** Null when there is none. */
    static Filter named(String name) {
        return ALL.get(name);
    }

    static java.util.Set<String> names() {
        return ALL.keySet();
    }

    static void add(String name, int required, String parameters, Filter.Body body) {
        ALL.put(name, new Filter(name, Signature.of(required, parameters), body));
    }

    static void addOpen(String name, Filter.Body body) {
        ALL.put(name, new Filter(name, Signature.OPEN, body));
    }

    static void alias(String name, String of) {
        ALL.put(name, ALL.get(of));
    }

    private static String indent(Object given) {
        return given instanceof String text ? text : " ".repeat(Math.max(0, Math.min(1_000, Numbers.small(given, "indent"))));
    }

    /** {@code value|name(arguments)}, where a filter's argument names another filter. */
    static Object apply(Object name, Object value, Arguments arguments, Render render) {
        Filter filter = name instanceof String text ? named(text) : null;
        if (filter == null) {
            throw Failure.value("there is no filter of the name that is given");
        }
        render.budget.enter(1);
        try {
            return filter.apply(value, arguments, render);
        } finally {
            render.budget.leave(1);
        }
    }

    /** A member of a member: {@code a.b.0}. */
    static Object attribute(Object item, Object path, Object otherwise, Render render) {
        if (!(path instanceof String text)) {
            return orElse(Access.item(item, path, null, render), otherwise);
        }
        Object value = item;
        List<Object> parts = text.indexOf('.') < 0 ? List.of(text) : Strings.split(text, ".", -1, render.budget);
        for (Object part : parts) {
            render.budget.step();
            String name = (String) part;
            boolean isPlace = !name.isEmpty() && name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
            value = orElse(Access.item(value, isPlace ? (Object) Long.valueOf(name) : name, null, render), otherwise);
        }
        return value;
    }

    private static Object orElse(Object value, Object otherwise) {
        return value instanceof Undefined && otherwise != null && otherwise != None.NONE ? otherwise : value;
    }
}
