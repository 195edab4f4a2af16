package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Arguments as a call in the source gives them. {@code star} is a list of more, {@code starStar} a map of more; or null. */
record ArgumentList(Expression[] positional, String[] names, Expression[] named, Expression star, Expression starStar) {
    static final ArgumentList EMPTY = new ArgumentList(new Expression[0], new String[0], new Expression[0], null, null);

    Arguments evaluate(Render render) {
        if (this == EMPTY) {
            return Arguments.NONE;
        }
        Object[] values = all(positional, render);
        Object[] namedValues = all(named, render);
        return star == null && starStar == null ? new Arguments(values, names, namedValues, names.length) : unpacked(values, namedValues, render);
    }

    private static Object[] all(Expression[] expressions, Render render) {
        Object[] values = new Object[expressions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions[i].value(render);
        }
        return values;
    }

    private Arguments unpacked(Object[] values, Object[] namedValues, Render render) {
        List<Object> all = new ArrayList<>(List.of(values));
        if (star != null) {
            List<Object> more = Values.items(star.value(render), render.budget);
            render.budget.steps(more.size());
            all.addAll(more);
        }
        List<String> allNames = new ArrayList<>(List.of(names));
        List<Object> allNamed = new ArrayList<>(List.of(namedValues));
        if (starStar != null) {
            if (!(starStar.value(render) instanceof Map<?, ?> more)) {
                throw Failure.value("argument after ** must be a mapping");
            }
            render.budget.steps((long) more.size() * (1 + more.size() + allNames.size()));
            for (Map.Entry<?, ?> entry : more.entrySet()) {
                String name = Values.text(entry.getKey(), "keywords");
                if (allNames.contains(name)) {
                    throw Failure.value("got several values for an argument");
                }
                allNames.add(name);
                allNamed.add(entry.getValue());
            }
        }
        return new Arguments(all.toArray(), allNames.toArray(new String[0]), allNamed.toArray(), names.length);
    }

    /** The same with one more named argument. */
    ArgumentList with(String name, Expression value) {
        String[] moreNames = java.util.Arrays.copyOf(names, names.length + 1);
        Expression[] moreNamed = java.util.Arrays.copyOf(named, named.length + 1);
        moreNames[names.length] = name;
        moreNamed[named.length] = value;
        return new ArgumentList(positional, moreNames, moreNamed, star, starStar);
    }
}
