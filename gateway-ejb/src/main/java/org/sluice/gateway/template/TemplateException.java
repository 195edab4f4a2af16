package org.sluice.gateway.template;

import java.util.List;

/**
 * A template that cannot be read or rendered: what is wrong, and where. The message names things of the template, never a
 * variable's value, and begins with the place.
 */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Kind {
        /** The source is not a template. */
        SYNTAX,
        /** The source asks for something of Jinja's that is not offered here. */
        UNSUPPORTED,
        /** A variable that has no value is needed. */
        UNDEFINED,
        /** A value is not of the kind the operation takes. */
        VALUE,
        /** A bound of {@link TemplateLimits} is reached. */
        LIMIT
    }

    private final Kind kind;
    private final int line;
    private final int column;
    private final transient List<String> names;

    TemplateException(Kind kind, int line, int column, String message, List<String> names) {
        super("line " + line + ", column " + column + ": " + message, null, false, false);
        this.kind = kind;
        this.line = line;
        this.column = column;
        this.names = List.copyOf(names);
    }

    public Kind kind() { return kind; }

    /** From 1. */
    public int line() { return line; }

    /** From 1, in characters of the line. */
    public int column() { return column; }

    /** The undefined variables, as the template writes them ({@code user.name}), of {@link Kind#UNDEFINED}; else none. */
    public List<String> names() { return names == null ? List.of() : names; }
}
