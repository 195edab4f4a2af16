package org.sluice.gateway.template;


/** One thing done to a value: a step of {@link Expression.Chain}. */
interface Link {
    Object apply(Object value, Render render);

    /**
     * {@code value.name}
     *
     * @param root the variable, if there is nothing but attributes between it and this; else null
     * @param previous the attribute before this, if it has a root; else null
     */
    record Attribute(String name, String root, Attribute previous, int at) implements Link {
        private static final int LONGEST_PATH = 8;

        @Override
        public Object apply(Object value, Render render) {
            render.at = at;
            render.budget.step();
            return Access.attribute(value, this, render);
        }

        /** The dotted name up to here, {@code user.address.city}; the name alone when there is no root or it is far. */
        String path() {
            StringBuilder path = new StringBuilder(name);
            Attribute first = this;
            for (int i = 0; first.previous != null && i < LONGEST_PATH; i++) {
                first = first.previous;
                path.insert(0, '.').insert(0, first.name);
            }
            return root == null || first.previous != null ? name : root + "." + path;
        }
    }

    /** {@code value[key]}; {@code shown} is the key if it is a literal, for errors, else null. */
    record Item(Expression key, String shown, int at) implements Link {
        @Override
        public Object apply(Object value, Render render) {
            Object where = key.value(render);
            render.at = at;
            render.budget.step();
            return Access.item(value, where, shown, render);
        }
    }

    /** {@code value[start:stop:step]}; each may be null. */
    record Slice(Expression start, Expression stop, Expression step, int at) implements Link {
        @Override
        public Object apply(Object value, Render render) {
            Object from = start == null ? None.NONE : start.value(render);
            Object to = stop == null ? None.NONE : stop.value(render);
            Object by = step == null ? None.NONE : step.value(render);
            render.at = at;
            render.budget.step();
            return Access.slice(value, from, to, by, render.budget);
        }
    }

    /** {@code value.name(arguments)} */
    record Method(String name, ArgumentList arguments, int at) implements Link {
        @Override
        public Object apply(Object value, Render render) {
            Arguments given = arguments.evaluate(render);
            render.at = at;
            render.budget.step();
            return Methods.call(value, name, given, render);
        }
    }

    /** {@code value(arguments)} */
    record Call(ArgumentList arguments, int at) implements Link {
        @Override
        public Object apply(Object value, Render render) {
            Arguments given = arguments.evaluate(render);
            render.at = at;
            render.budget.step();
            return call(value, given, render);
        }
    }

    /** {@code value | filter(arguments)} */
    record Filtered(Filter filter, ArgumentList arguments, int at) implements Link {
        @Override
        public Object apply(Object value, Render render) {
            Arguments given = arguments.evaluate(render);
            render.at = at;
            return filter.apply(value, given, render);
        }
    }

    /** {@code value is test(arguments)} */
    record Tested(Filter test, ArgumentList arguments, boolean isNegated, int at) implements Link {
        @Override
        public Object apply(Object value, Render render) {
            Arguments given = arguments.evaluate(render);
            render.at = at;
            return Values.truth(test.apply(value, given, render)) != isNegated;
        }
    }

    static Object call(Object value, Arguments given, Render render) {
        if (value instanceof Callable callable) {
            return callable.call(given, render);
        }
        Values.defined(value);
        throw Failure.value("'" + Values.type(value) + "' object is not callable");
    }
}
