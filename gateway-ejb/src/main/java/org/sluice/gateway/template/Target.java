package org.sluice.gateway.template;

import java.util.List;

/** What a value is assigned to. */
interface Target {
    void assign(Object value, Render render);

    record Variable(int id) implements Target {
        @Override public void assign(Object value, Render render) { render.scope.values[id] = value; }
    }

    /** {@code namespace.name} */
    record Member(Expression namespace, String name) implements Target {
        @Override
        public void assign(Object value, Render render) {
            if (!(namespace.value(render) instanceof Namespace there)) {
                throw Failure.value("cannot assign attribute on non-namespace object");
            }
            render.budget.step();
            there.members.put(name, value);
        }
    }

    record Unpacked(Target[] targets) implements Target {
        @Override
        public void assign(Object value, Render render) {
            List<Object> items = Values.items(value, render.budget);
            if (items.size() != targets.length) {
                throw Failure.value(items.size() > targets.length ? "too many values to unpack (expected " + targets.length + ")"
                        : "not enough values to unpack (expected " + targets.length + ", got " + items.size() + ")");
            }
            for (int i = 0; i < targets.length; i++) {
                render.budget.step();
                targets[i].assign(items.get(i), render);
            }
        }
    }
}
