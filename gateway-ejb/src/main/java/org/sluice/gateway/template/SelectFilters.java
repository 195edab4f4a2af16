package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.List;

/** Filters that name another filter, a test or an attribute: map, select and reject. Their answers are lists. */
final class SelectFilters {
    private SelectFilters() { }

    static void addTo() {
        Filters.addOpen("map", SelectFilters::map);
        Filters.addOpen("select", (value, a, render) -> selected(value, a, false, true, render));
        Filters.addOpen("reject", (value, a, render) -> selected(value, a, false, false, render));
        Filters.addOpen("selectattr", (value, a, render) -> selected(value, a, true, true, render));
        Filters.addOpen("rejectattr", (value, a, render) -> selected(value, a, true, false, render));
    }

    private static Object map(Object value, Arguments a, Render render) {
        Object attribute = a.count() == 0 ? a.named("attribute") : null;
        if (attribute != null) {
            a = Signature.of(1, "attribute default").bind(a, "map");
        } else if (a.count() == 0) {
            throw Failure.value("map requires a filter argument");
        }
        Arguments arguments = a.from(1);
        List<Object> mapped = new ArrayList<>();
        for (Object item : Values.items(value, render.budget)) {
            render.budget.step();
            mapped.add(attribute != null ? Filters.attribute(item, attribute, a.get(1), render) : Filters.apply(a.get(0), item, arguments, render));
        }
        return mapped;
    }

    private static Object selected(Object value, Arguments a, boolean isByAttribute, boolean isKept, Render render) {
        int test = isByAttribute ? 1 : 0;
        if (a.count() < test) {
            throw Failure.value("Missing parameter for attribute name");
        }
        Arguments arguments = a.from(test + 1);
        List<Object> kept = new ArrayList<>();
        for (Object item : Values.items(value, render.budget)) {
            render.budget.step();
            Object tested = isByAttribute ? Filters.attribute(item, a.get(0), null, render) : item;
            boolean holds = a.get(test) == null ? Values.truth(tested) : Checks.holds(a.get(test), tested, arguments, render);
            if (holds == isKept) {
                kept.add(item);
            }
        }
        return kept;
    }
}
