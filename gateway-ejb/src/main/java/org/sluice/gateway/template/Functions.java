package org.sluice.gateway.template;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions every template can call. A variable of the same name hides one. */
final class Functions {
    private static final Map<String, Callable> ALL = Map.of(
            "range", (arguments, render) -> range(arguments),
            "dict", (arguments, render) -> members(arguments, new LinkedHashMap<>(), render),
            "namespace", (arguments, render) -> {
                Namespace namespace = new Namespace();
                members(arguments, namespace.members, render);
                return namespace;
            },
            "cycler", (arguments, render) -> cycler(arguments),
            "joiner", (arguments, render) -> joiner(arguments));

    private Functions() { }

    /** Null when there is none. */
    static Callable named(String name) {
        return ALL.get(name);
    }

    private static Object range(Arguments arguments) {
        arguments.refuseNamed("range()");
        if (arguments.count() == 0 || arguments.count() > 3) {
            throw Failure.value("range() takes 1 to 3 arguments (" + arguments.count() + " given)");
        }
        long[] bounds = new long[3];
        bounds[2] = 1;
        for (int i = 0; i < arguments.count(); i++) {
            Object bound = Values.defined(arguments.get(i));
            if (!Numbers.isInteger(bound)) {
                throw Failure.value("'" + Values.type(bound) + "' object cannot be interpreted as an integer");
            }
            bounds[i] = Numbers.big(bound).bitLength() < 62 ? Numbers.big(bound).longValue() : Long.MAX_VALUE;
        }
        return arguments.count() == 1 ? new Range(0, bounds[0], 1) : new Range(bounds[0], bounds[1], bounds[2]);
    }

    /** Keyword arguments, after the members of a map or of a list of pairs. */
    private static Map<Object, Object> members(Arguments arguments, Map<Object, Object> members, Render render) {
        if (arguments.count() > 1) {
            throw Failure.value("dict expected at most 1 argument, got " + arguments.count());
        }
        if (arguments.count() == 1) {
            Object given = Values.defined(arguments.get(0));
            if (given instanceof Map<?, ?> map) {
                render.budget.steps(map.size());
                members.putAll(map);
            } else {
                for (Object pair : Values.items(given, render.budget)) {
                    List<Object> both = Values.items(pair, render.budget);
                    if (both.size() != 2) {
                        throw Failure.value("dictionary update sequence element has length " + both.size() + "; 2 is required");
                    }
                    render.budget.step();
                    members.put(Values.keyIn(members, both.get(0)), both.get(1));
                }
            }
        }
        for (int i = 0; i < arguments.names.length; i++) {
            members.put(arguments.names[i], arguments.named[i]);
        }
        return members;
    }

    private static Object cycler(Arguments arguments) {
        arguments.refuseNamed("cycler()");
        if (arguments.count() == 0) {
            throw Failure.value("at least one item has to be provided");
        }
        return new Cycler(Arrays.asList(arguments.positional));
    }

    /** Empty the first time, the separator from then on. */
    private static Callable joiner(Arguments arguments) {
        Object separator = Signature.of(0, "sep").bind(arguments, "joiner()").get(0, ", ");
        boolean[] isUsed = new boolean[1];
        return (none, render) -> {
            boolean wasUsed = isUsed[0];
            isUsed[0] = true;
            return wasUsed ? separator : "";
        };
    }
}
