package org.sluice.gateway.template;

import java.util.Arrays;
import java.util.List;

/**
 * Names of parameters in their order.
 *
 * @param required how many of the first must be given
 * @param isOpen takes whatever it is given, unbound
 */
record Signature(List<String> names, int required, boolean isOpen) {
    static final Signature OPEN = new Signature(List.of(), 0, true);

    /** @param parameters names, blank between; the required ones first */
    static Signature of(int required, String parameters) {
        return new Signature(parameters.isEmpty() ? List.of() : List.of(parameters.split(" ")), required, false);
    }

    /** The arguments by their place. */
    Arguments bind(Arguments given, String what) {
        if (isOpen) {
            return given;
        }
        if (given.count() > names.size()) {
            throw Failure.value(what + " takes at most " + names.size() + " arguments (" + given.count() + " given)");
        }
        Arguments bound = given.names.length == 0 ? given : named(given, what);
        for (int i = 0; i < required; i++) {
            if (bound.get(i) == null) {
                throw Failure.value(what + " needs the argument '" + names.get(i) + "'");
            }
        }
        return bound;
    }

    private Arguments named(Arguments given, String what) {
        Object[] values = Arrays.copyOf(given.positional, names.size());
        for (int i = 0; i < given.names.length; i++) {
            int at = names.indexOf(given.names[i]);
            if (at < 0 || values[at] != null) {
                throw Failure.value(what + (at < 0 ? " has no argument" : " got several values for the argument") + given.shown(i));
            }
            values[at] = given.named[i];
        }
        return Arguments.of(values);
    }
}
