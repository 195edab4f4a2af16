package org.sluice.gateway.template;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sluice.gateway.template.TemplateException.Kind;

/** One rendering: the names' values, the text so far, and where it is. Used by one thread, once. */
final class Render {
    final Budget budget;
    Output out;
    Scope scope;
    /** Offset in the source of what is being done, for errors. */
    int at;
    private final String[] names;
    private final Map<String, ?> variables;
    private final Object[] globals;
    /** Undefined names and where each was used first; null when undefined names are allowed. */
    private final Map<String, Integer> missing;

    Render(String[] names, Map<String, ?> variables, boolean isStrict, Budget budget, int expectedLength) {
        this.names = names;
        this.variables = variables;
        this.budget = budget;
        globals = new Object[names.length];
        scope = new Scope(null, names.length);
        out = new Output(budget, expectedLength);
        missing = isStrict ? new LinkedHashMap<>() : null;
    }

    boolean isStrict() {
        return missing != null;
    }

    int names() {
        return names.length;
    }

    /** The innermost value of a name, else the variable, else the function, else undefined. */
    Object lookup(int id) {
        for (Scope around = scope; around != null; around = around.outer) {
            Object value = around.values[id];
            if (value != null) {
                return value;
            }
        }
        Object global = globals[id];
        return global != null ? global : global(id);
    }

    private Object global(int id) {
        String name = names[id];
        Object value = variables.get(name);
        if (value != null || variables.containsKey(name)) {
            value = Plain.of(value, budget);
        } else {
            Object function = Functions.named(name);
            value = function != null ? function : Undefined.variable(name, isStrict());
        }
        globals[id] = value;
        return value;
    }

    /** A condition; an undefined one of a strict rendering is told later and is false. */
    boolean isTrue(Expression condition) {
        try {
            return Values.truth(condition.value(this));
        } catch (Failure failure) {
            told(failure);
            return false;
        }
    }

    /** The value; one that fails for want of a variable in a strict rendering is told later, and empty. */
    Object value(Expression expression) {
        try {
            return expression.value(this);
        } catch (Failure failure) {
            told(failure);
            return new Undefined(failure.getMessage(), null, false);
        }
    }

    /** Keeps what is undefined for the end of a strict rendering; everything else goes on failing. */
    void told(Failure failure) {
        if (missing == null || failure.kind != Kind.UNDEFINED) {
            throw failure;
        }
        if (failure.name != null) {
            missing.putIfAbsent(failure.name, at);
        } else {
            missing.putIfAbsent(failure.getMessage(), at);
        }
    }

    Map<String, Integer> missing() {
        return missing == null ? Map.of() : missing;
    }

    /** Renders a body into a text of its own. */
    String captured(Node body) {
        Output outside = out;
        out = new Output(budget, 64);
        try {
            body.render(this);
            return out.toString();
        } finally {
            out = outside;
        }
    }

    Scope open() {
        budget.steps(1 + names.length / 64);
        scope = new Scope(scope, names.length);
        return scope;
    }
}
