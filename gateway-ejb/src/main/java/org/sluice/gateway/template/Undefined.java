package org.sluice.gateway.template;

import org.sluice.gateway.template.TemplateException.Kind;

/**
 * What a name without a value is. Printed it is empty, in a loop it has no items, as a condition it is false; everything
 * else fails. A strict one fails in these three as well.
 *
 * @param message what is said when it fails
 * @param name as the template writes it, or null for one that has been told already
 */
record Undefined(String message, String name, boolean isStrict) {
    static Undefined variable(String name, boolean isStrict) {
        return new Undefined("'" + name + "' is undefined", name, isStrict);
    }

    Failure failure() {
        return new Failure(Kind.UNDEFINED, message, name);
    }

    /** A use that only a strict one refuses. */
    void use() {
        if (isStrict) {
            throw failure();
        }
    }
}
