package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The methods a template can call on values: Python's own, by name, as far as they change nothing. What is not named here
 * is not there; members of maps that can be called, are.
 */
final class Methods {
    private Methods() { }

    static Object call(Object value, String name, Arguments given, Render render) {
        Object result = value instanceof String text ? TextMethods.call(text, name, given, render)
                : value instanceof Map<?, ?> map ? map(map, name, given, render)
                : value instanceof List<?> list ? list(list, name, given, render)
                : value instanceof LoopState loop ? name.equals("cycle") ? loop.cycle(given) : name.equals("changed") ? loop.changed(given) : null
                : value instanceof Cycler cycler ? cycler(cycler, name) : null;
        if (result != null) {
            return result;
        }
        Object member = Access.member(value, name);
        if (member == null) {
            Values.defined(value);
            throw new Failure(TemplateException.Kind.UNDEFINED, "'" + Values.type(value) + " object' has no method '" + name + "' that a template may call", null);
        }
        return Link.call(member, given, render);
    }

    private static Object cycler(Cycler cycler, String name) {
        if (name.equals("reset")) {
            cycler.reset();
            return None.NONE;
        }
        return name.equals("next") ? cycler.next() : null;
    }

    private static Object map(Map<?, ?> map, String name, Arguments given, Render render) {
        switch (name) {
            case "get":
                Arguments wanted = Signature.of(1, "key default").bind(given, "get()");
                Object found = map.get(Values.keyIn(map, wanted.get(0)));
                return found != null ? found : wanted.get(1, None.NONE);
            case "keys":
                render.budget.steps(map.size());
                return new ArrayList<Object>(map.keySet());
            case "values":
                render.budget.steps(map.size());
                return new ArrayList<Object>(map.values());
            case "items":
                return items(map, render.budget);
            case "copy":
                render.budget.steps(map.size());
                return new java.util.LinkedHashMap<Object, Object>(map);
            default:
                return null;
        }
    }

    static List<Object> items(Map<?, ?> map, Budget budget) {
        budget.steps(2L * map.size());
        List<Object> pairs = new ArrayList<>(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            pairs.add(new Tuple(entry.getKey(), entry.getValue()));
        }
        return pairs;
    }

    private static Object list(List<?> list, String name, Arguments given, Render render) {
        switch (name) {
            case "index":
                Object wanted = Signature.of(1, "value").bind(given, "index()").get(0);
                for (int i = 0; i < list.size(); i++) {
                    render.budget.step();
                    if (Values.equal(list.get(i), wanted, render.budget)) {
                        return (long) i;
                    }
                }
                throw Failure.value("the value is not in the list");
            case "count":
                Object counted = Signature.of(1, "value").bind(given, "count()").get(0);
                long count = 0;
                for (Object item : list) {
                    render.budget.step();
                    count += Values.equal(item, counted, render.budget) ? 1 : 0;
                }
                return count;
            case "copy":
                render.budget.steps(list.size());
                return new ArrayList<Object>(list);
            case "append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse":
                throw Failure.value("a template cannot change a list; make a new one: list + [item]");
            default:
                return null;
        }
    }
}
