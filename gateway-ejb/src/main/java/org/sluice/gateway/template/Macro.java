package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A macro where it was defined: it sees the names around its definition, not those around its call. */
record Macro(Definition definition, Scope around) implements Callable {
    /**
     * @param ids numbers of the parameters' names
     * @param defaults of each parameter, null where it has none
     * @param varargs number of that name if the body reads it, else -1; so kwargs and caller
     * @param levels how deep the body's own nesting is
     */
    record Definition(String name, List<String> parameters, int[] ids, Expression[] defaults, int varargs, int kwargs, int caller, Body body,
            int levels) { }

    String name() {
        return definition.name();
    }

    @Override
    public Object call(Arguments arguments, Render render) {
        Scope inside = new Scope(around, render.names());
        render.budget.steps(1 + render.names() / 64);
        render.budget.enter(definition.levels());
        Scope outside = render.scope;
        Output out = render.out;
        render.scope = inside;
        render.out = new Output(render.budget, 64);
        try {
            bind(arguments, inside, render);
            definition.body().render(render);
            return render.out.toString();
        } finally {
            render.scope = outside;
            render.out = out;
            render.budget.leave(definition.levels());
        }
    }

    private void bind(Arguments given, Scope inside, Render render) {
        Map<Object, Object> rest = new LinkedHashMap<>();
        for (int i = 0; i < given.names.length; i++) {
            rest.put(given.names[i], given.named[i]);
        }
        int count = definition.parameters().size();
        boolean isCallerBound = false;
        for (int i = 0; i < count; i++) {
            String parameter = definition.parameters().get(i);
            Object value = i < given.count() ? given.get(i) : rest.remove(parameter);
            isCallerBound |= parameter.equals("caller");
            if (value == null) {
                Expression otherwise = definition.defaults()[i];
                value = otherwise == null ? new Undefined("parameter '" + parameter + "' was not provided", parameter, render.isStrict())
                        : otherwise.value(render);
            }
            inside.values[definition.ids()[i]] = value;
        }
        if (definition.caller() >= 0 && !isCallerBound) {
            Object caller = rest.remove("caller");
            inside.values[definition.caller()] = caller != null ? caller : new Undefined("No caller defined", "caller", render.isStrict());
        }
        bindRest(given, rest, inside, count);
    }

    private void bindRest(Arguments given, Map<Object, Object> rest, Scope inside, int count) {
        if (definition.kwargs() >= 0) {
            inside.values[definition.kwargs()] = rest;
        } else if (!rest.isEmpty()) {
            throw Failure.value("macro '" + name() + "' takes no keyword argument" + given.shown(Arrays.asList(given.names).indexOf(rest.keySet().iterator().next())));
        }
        if (definition.varargs() >= 0) {
            List<Object> more = new ArrayList<>(Arrays.asList(given.positional).subList(Math.min(count, given.count()), given.count()));
            inside.values[definition.varargs()] = new Tuple(more.toArray());
        } else if (given.count() > count) {
            throw Failure.value("macro '" + name() + "' takes not more than " + count + " argument(s)");
        }
    }
}
