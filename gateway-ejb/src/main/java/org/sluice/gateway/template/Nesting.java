package org.sluice.gateway.template;

/** How deep the parser is, and was at most: the depth of the stack that parsing and rendering take. */
final class Nesting {
    private final int most;
    private int depth;
    private int deepest;

    Nesting(int most) {
        this.most = most;
    }

    void enter(int at) {
        if (++depth > most) {
            throw new Failure(TemplateException.Kind.LIMIT, "blocks and expressions are nested deeper than " + most + " levels", null, at);
        }
        deepest = Math.max(deepest, depth);
    }

    void leave() {
        depth--;
    }

    /** Begins to measure a part; the answer is for {@link #levels}. */
    int begin() {
        int before = deepest;
        deepest = depth;
        return before;
    }

    /** How many levels the part had that began with this answer. */
    int levels(int before) {
        int levels = deepest - depth + 1;
        deepest = Math.max(deepest, before);
        return levels;
    }
}
