package org.sluice.gateway.template;

import java.util.List;

/** The {@code loop} of a for block. */
final class LoopState {
    private final List<Object> items;
    private final Render render;
    private int index;
    private List<Object> lastChanged;

    LoopState(List<Object> items, Render render) {
        this.items = items;
        this.render = render;
    }

    void at(int newIndex) {
        index = newIndex;
    }

    int size() {
        return items.size();
    }

    /** Null when there is no such attribute. */
    Object attribute(String name) {
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) items.size() - index;
            case "revindex0" -> items.size() - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == items.size() - 1;
            case "length" -> (long) items.size();
            case "depth" -> 1L;
            case "depth0" -> 0L;
            case "previtem" -> index > 0 ? items.get(index - 1) : missing("there is no previous item", "loop.previtem");
            case "nextitem" -> index + 1 < items.size() ? items.get(index + 1) : missing("there is no next item", "loop.nextitem");
            default -> null;
        };
    }

    private Undefined missing(String message, String name) {
        return new Undefined(message, name, render.isStrict());
    }

    Object cycle(Arguments arguments) {
        arguments.refuseNamed("loop.cycle()");
        if (arguments.count() == 0) {
            throw Failure.value("no items for cycling given");
        }
        return arguments.get(index % arguments.count());
    }

    boolean changed(Arguments arguments) {
        arguments.refuseNamed("loop.changed()");
        List<Object> now = List.of(arguments.positional);
        boolean isChanged = lastChanged == null || !Values.equal(lastChanged, now, render.budget);
        lastChanged = now;
        return isChanged;
    }

    @Override
    public String toString() {
        return "<LoopContext " + (index + 1) + "/" + items.size() + ">";
    }
}
