package org.sluice.gateway.template;

import java.util.Arrays;

/** The names one block sets, by their number; what it does not set is looked up around it. */
final class Scope {
    final Scope outer;
    final Object[] values;

    Scope(Scope outer, int names) {
        this.outer = outer;
        values = new Object[names];
    }

    void clear() {
        Arrays.fill(values, null);
    }
}
