package org.sluice.gateway.template;

import java.util.List;

/** What {@code cycler()} makes: its items in turn, over and over. */
final class Cycler {
    private final List<Object> items;
    private int at;

    Cycler(List<Object> items) {
        this.items = items;
    }

    Object current() {
        return items.get(at);
    }

    Object next() {
        Object item = current();
        at = (at + 1) % items.size();
        return item;
    }

    void reset() {
        at = 0;
    }
}
