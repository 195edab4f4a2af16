package org.sluice.gateway.template;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.template.Operation.Operator;

/** The tests by name: what stands behind {@code is}. */
final class Checks {
    private static final Map<String, Filter> ALL = new HashMap<>();

    static {
        add("defined", (value, a, render) -> !(value instanceof Undefined));
        add("undefined", (value, a, render) -> value instanceof Undefined);
        add("none", (value, a, render) -> value == None.NONE);
        add("boolean", (value, a, render) -> value instanceof Boolean);
        add("true", (value, a, render) -> Boolean.TRUE.equals(value));
        add("false", (value, a, render) -> Boolean.FALSE.equals(value));
        add("integer", (value, a, render) -> value instanceof Long || value instanceof BigInteger);
        add("float", (value, a, render) -> value instanceof Double);
        add("number", (value, a, render) -> Numbers.isNumber(value));
        add("string", (value, a, render) -> value instanceof String);
        add("mapping", (value, a, render) -> value instanceof Map);
        add("sequence", (value, a, render) -> value instanceof List || value instanceof Map || value instanceof String || value instanceof Undefined);
        add("iterable", (value, a, render) -> value instanceof List || value instanceof Map || value instanceof String || value instanceof LoopState
                || value instanceof Undefined);
        add("callable", (value, a, render) -> value instanceof Callable || value instanceof Undefined);
        add("escaped", (value, a, render) -> false);
        add("odd", (value, a, render) -> Values.equal(calculated(Operator.MODULO, value, 2L, render), 1L, render.budget));
        add("even", (value, a, render) -> Values.equal(calculated(Operator.MODULO, value, 2L, render), 0L, render.budget));
        add("lower", (value, a, render) -> TextKinds.is(Written.text(value, render.budget), "islower", render.budget));
        add("upper", (value, a, render) -> TextKinds.is(Written.text(value, render.budget), "isupper", render.budget));
        add("filter", (value, a, render) -> value instanceof String text && Filters.named(text) != null);
        add("test", (value, a, render) -> value instanceof String text && ALL.containsKey(text));
        add("divisibleby", "num", (value, a, render) -> Values.equal(calculated(Operator.MODULO, value, a.get(0), render), 0L, render.budget));
        add("sameas", "other", (value, a, render) -> isSame(value, a.get(0)));
        add("in", "seq", (value, a, render) -> Operation.holds(Operator.IN, value, a.get(0), render.budget));
        compare(Operator.EQUAL, "==", "eq", "equalto");
        compare(Operator.UNEQUAL, "!=", "ne");
        compare(Operator.GREATER, ">", "gt", "greaterthan");
        compare(Operator.GREATER_OR_EQUAL, ">=", "ge");
        compare(Operator.LESS, "<", "lt", "lessthan");
        compare(Operator.LESS_OR_EQUAL, "<=", "le");
    }

    private Checks() { }

    /** Null when there is none. */
    static Filter named(String name) {
        return ALL.get(name);
    }

    static java.util.Set<String> names() {
        return ALL.keySet();
    }

    private static void add(String name, Filter.Body body) {
        ALL.put(name, new Filter(name, Signature.of(0, ""), body));
    }

    private static void add(String name, String parameter, Filter.Body body) {
        ALL.put(name, new Filter(name, Signature.of(1, parameter), body));
    }

    private static void compare(Operator operator, String... names) {
        for (String name : names) {
            add(name, "other", (value, a, render) -> Operation.holds(operator, value, a.get(0), render.budget));
        }
    }

    static boolean holds(Object name, Object value, Arguments arguments, Render render) {
        Filter test = name instanceof String text ? named(text) : null;
        if (test == null) {
            throw Failure.value("there is no test of the name that is given");
        }
        return Values.truth(test.apply(value, arguments, render));
    }

    private static Object calculated(Operator operator, Object value, Object other, Render render) {
        return Calculation.of(operator, value, other, render.budget);
    }

    /** The same thing; numbers and texts have no identity here, equal ones of one kind are the same. */
    private static boolean isSame(Object value, Object other) {
        return value == other || value != null && !(value instanceof List) && !(value instanceof Map) && value.equals(other);
    }
}
