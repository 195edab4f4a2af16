package org.sluice.gateway.template;

import java.util.AbstractList;
import java.util.List;

/** Python's tuple: a list that is written and compared as one of its own kind. */
final class Tuple extends AbstractList<Object> {
    static final Tuple EMPTY = new Tuple();
    private final Object[] items;
    /** Names of the first items, of a group: {@code group.list}; or none. */
    private final List<String> names;

    Tuple(Object... items) {
        this(List.of(), items);
    }

    Tuple(List<String> names, Object... items) {
        this.names = names;
        this.items = items;
    }

    @Override
    public Object get(int index) {
        return items[index];
    }

    @Override
    public int size() {
        return items.length;
    }

    /** The item of this name, or null. */
    Object named(String name) {
        int at = names.indexOf(name);
        return at < 0 ? null : items[at];
    }
}
