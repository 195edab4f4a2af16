package org.sluice.gateway.template;

/** A piece of a template that writes text or sets names. Immutable; shared by all renderings. */
interface Node {
    void render(Render render);

    record Text(String text) implements Node {
        @Override public void render(Render render) { render.out.add(text); }
    }

    record Print(Expression expression, int at) implements Node {
        @Override
        public void render(Render render) {
            try {
                Object value = expression.value(render);
                render.at = value instanceof String ? render.at : at;
                render.out.add(Written.text(value, render.budget));
            } catch (Failure failure) {
                render.told(failure);
            }
        }
    }

    /** {@code if}, {@code elif}: the first whose condition is true; otherwise may be null. */
    record If(Expression[] conditions, Body[] bodies, Body otherwise) implements Node {
        @Override
        public void render(Render render) {
            for (int i = 0; i < conditions.length; i++) {
                render.budget.step();
                if (render.isTrue(conditions[i])) {
                    bodies[i].render(render);
                    return;
                }
            }
            if (otherwise != null) {
                otherwise.render(render);
            }
        }
    }

    record Assign(Target target, Expression expression, int at) implements Node {
        @Override
        public void render(Render render) {
            Object value = render.value(expression);
            render.at = at;
            target.assign(value, render);
        }
    }

    /** {@code {% set x %}...{% endset %}}, its text through filters. */
    record AssignBlock(Target target, Link[] filters, Body body, int at) implements Node {
        @Override
        public void render(Render render) {
            Scope outside = render.scope;
            Object value;
            try {
                render.open();
                value = filtered(render.captured(body), filters, render);
            } finally {
                render.scope = outside;
            }
            render.at = at;
            target.assign(value, render);
        }
    }

    record FilterBlock(Link[] filters, Body body, int at) implements Node {
        @Override
        public void render(Render render) {
            Scope outside = render.scope;
            try {
                render.open();
                Object value = filtered(render.captured(body), filters, render);
                render.at = at;
                render.out.add(Written.text(value, render.budget));
            } finally {
                render.scope = outside;
            }
        }
    }

    private static Object filtered(String text, Link[] filters, Render render) {
        Object value = text;
        for (Link filter : filters) {
            value = filter.apply(value, render);
        }
        return value;
    }

    /** The values are those outside the block. */
    record With(Target[] targets, Expression[] values, Body body) implements Node {
        @Override
        public void render(Render render) {
            Scope outside = render.scope;
            Object[] made = new Object[values.length];
            for (int i = 0; i < made.length; i++) {
                made[i] = render.value(values[i]);
            }
            try {
                render.open();
                for (int i = 0; i < made.length; i++) {
                    targets[i].assign(made[i], render);
                }
                body.render(render);
            } finally {
                render.scope = outside;
            }
        }
    }

    record DefineMacro(Macro.Definition definition, int id) implements Node {
        @Override
        public void render(Render render) {
            render.scope.values[id] = new Macro(definition, render.scope);
        }
    }

    /** The {@code caller} of a call block, as an expression: a macro of the block's body, where the block stands. */
    record Caller(Macro.Definition definition) implements Expression {
        @Override public Object value(Render render) { return new Macro(definition, render.scope); }
    }
}
