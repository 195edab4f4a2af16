package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something that has a value. Immutable; shared by all renderings. */
@FunctionalInterface
interface Expression {
    Object value(Render render);

    record Constant(Object value) implements Expression {
        @Override public Object value(Render render) { return value; }
    }

    record Name(String name, int id, int at) implements Expression {
        @Override
        public Object value(Render render) {
            render.at = at;
            return render.lookup(id);
        }
    }

    record ListLiteral(Expression[] items, boolean isTuple) implements Expression {
        @Override
        public Object value(Render render) {
            Object[] values = new Object[items.length];
            render.budget.steps(1 + items.length);
            for (int i = 0; i < values.length; i++) {
                values[i] = items[i].value(render);
            }
            return isTuple ? new Tuple(values) : new ArrayList<>(List.of(values));
        }
    }

    record MapLiteral(Expression[] keys, Expression[] values) implements Expression {
        @Override
        public Object value(Render render) {
            Map<Object, Object> map = new LinkedHashMap<>();
            render.budget.steps(1 + keys.length);
            for (int i = 0; i < keys.length; i++) {
                Object key = Values.keyIn(map, keys[i].value(render));
                map.put(key, values[i].value(render));
            }
            return map;
        }
    }

    /** One expression and what is done to it, from left to right: attributes, calls, filters, tests. A loop, not a recursion. */
    record Chain(Expression head, Link[] links) implements Expression {
        @Override
        public Object value(Render render) {
            Object value = head.value(render);
            for (Link link : links) {
                value = link.apply(value, render);
            }
            return value;
        }
    }

    record Conditional(Expression condition, Expression then, Expression otherwise, int at) implements Expression {
        @Override
        public Object value(Render render) {
            render.budget.step();
            if (render.isTrue(condition)) {
                return then.value(render);
            }
            return otherwise != null ? otherwise.value(render)
                    : new Undefined("the inline if-expression evaluated to false and no else section was defined", null, false);
        }
    }
}
