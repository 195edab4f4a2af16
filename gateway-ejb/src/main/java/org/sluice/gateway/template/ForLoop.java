package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.List;

/**
 * A for block. Names set in it are forgotten after each turn.
 *
 * @param filter of the items, or null
 * @param otherwise when there are no items, or null
 * @param loop number of the name {@code loop}
 */
record ForLoop(Target target, Expression iterable, Expression filter, Body body, Body otherwise, int loop, int at) implements Node {
    @Override
    public void render(Render render) {
        List<Object> items = items(render);
        if (items.isEmpty()) {
            if (otherwise != null) {
                otherwise.render(render);
            }
            return;
        }
        Scope outside = render.scope;
        try {
            Scope inside = render.open();
            LoopState state = new LoopState(items, render);
            for (int i = 0; i < items.size(); i++) {
                render.budget.iteration();
                if (i > 0) {
                    render.budget.steps(1 + inside.values.length / 64);
                    inside.clear();
                }
                state.at(i);
                render.at = at;
                target.assign(items.get(i), render);
                inside.values[loop] = state;
                body.render(render);
            }
        } finally {
            render.scope = outside;
        }
    }

    private List<Object> items(Render render) {
        try {
            Object value = iterable.value(render);
            render.at = at;
            List<Object> items = Values.items(value, render.budget);
            return filter == null ? items : filtered(items, render);
        } catch (Failure failure) {
            render.told(failure);
            return List.of();
        }
    }

    private List<Object> filtered(List<Object> items, Render render) {
        List<Object> kept = new ArrayList<>();
        Scope outside = render.scope;
        try {
            Scope inside = render.open();
            for (Object item : items) {
                render.budget.iteration();
                render.budget.steps(1 + inside.values.length / 64);
                inside.clear();
                target.assign(item, render);
                if (render.isTrue(filter)) {
                    kept.add(item);
                }
            }
            return kept;
        } finally {
            render.scope = outside;
        }
    }
}
