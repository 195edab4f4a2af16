package org.sluice.gateway.template;

/** A filter, or a test, which answers true or false. */
record Filter(String name, Signature signature, Body body) {
    /** @param value what stands before the bar */
    @FunctionalInterface
    interface Body {
        Object apply(Object value, Arguments arguments, Render render);
    }

    Object apply(Object value, Arguments given, Render render) {
        render.budget.step();
        return body.apply(value, signature.bind(given, name), render);
    }
}
