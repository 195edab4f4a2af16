package org.sluice.gateway.template;

import org.sluice.gateway.template.TemplateException.Kind;

/** An error on its way to its {@link TemplateException}. No stack: templates fail often and cheaply. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
    final transient Kind kind;
    /** The undefined variable, when that is the error and it has a name; else null. */
    final transient String name;

    /** Offset in the source, or -1 when whoever catches it knows better. */
    final int at;

    Failure(Kind kind, String message, String name) {
        this(kind, message, name, -1);
    }

    Failure(Kind kind, String message, String name, int at) {
        super(message, null, false, false);
        this.kind = kind;
        this.name = name;
        this.at = at;
    }

    static Failure syntax(int at, String message) {
        return new Failure(Kind.SYNTAX, message, null, at);
    }

    static Failure value(String message) {
        return new Failure(Kind.VALUE, message, null);
    }

    static Failure limit(String message) {
        return new Failure(Kind.LIMIT, message, null);
    }
}
