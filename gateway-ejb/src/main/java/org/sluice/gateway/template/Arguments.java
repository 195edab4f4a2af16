package org.sluice.gateway.template;

/** What a filter, test, method, function or macro is called with. An absent argument is null, a given None is not. */
final class Arguments {
    static final Arguments NONE = new Arguments(new Object[0], new String[0], new Object[0], 0);
    final Object[] positional;
    final String[] names;
    final Object[] named;
    /** How many of the names stand in the source; the others come from a map and are not told in errors. */
    private final int written;

    Arguments(Object[] positional, String[] names, Object[] named, int written) {
        this.written = written;
        this.positional = positional;
        this.names = names;
        this.named = named;
    }

    static Arguments of(Object... positional) {
        return new Arguments(positional, NONE.names, NONE.named, 0);
    }

    int count() {
        return positional.length;
    }

    Object get(int at) {
        return at < positional.length ? positional[at] : null;
    }

    /** Whether it is there and is not None. */
    boolean has(int at) {
        return get(at) != null && get(at) != org.sluice.gateway.template.None.NONE;
    }

    Object get(int at, Object otherwise) {
        Object value = get(at);
        return value == null ? otherwise : value;
    }

    boolean isTrue(int at) {
        Object value = get(at);
        return value != null && Values.truth(value);
    }

    int number(int at, int otherwise, String what) {
        Object value = get(at);
        return value == null ? otherwise : Numbers.small(value, what);
    }

    /** Text, or null when absent or None. */
    String text(int at, String what) {
        return has(at) ? Values.text(get(at), what) : null;
    }

    Object named(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return named[i];
            }
        }
        return null;
    }

    /** A name with its quotes and a blank before, or nothing. */
    String shown(int at) {
        return at < written ? " '" + names[at] + "'" : "";
    }

    /** Without the first positional ones. */
    Arguments from(int first) {
        Object[] rest = java.util.Arrays.copyOfRange(positional, Math.min(first, positional.length), positional.length);
        return new Arguments(rest, names, named, written);
    }

    void refuseNamed(String what) {
        if (names.length > 0) {
            throw Failure.value(what + " takes no keyword argument" + shown(0));
        }
    }
}
