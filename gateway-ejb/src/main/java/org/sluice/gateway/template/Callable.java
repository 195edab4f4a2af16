package org.sluice.gateway.template;

/** What a template can call: macros and the built-in functions. Nothing else implements it. */
@FunctionalInterface
interface Callable {
    Object call(Arguments arguments, Render render);
}
