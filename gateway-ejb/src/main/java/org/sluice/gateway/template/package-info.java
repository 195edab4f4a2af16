/**
 * Prompt templates: a Jinja of our own, on plain values, for sources that users write.
 *
 * <p>{@link org.sluice.gateway.template.Template#compile} reads a source once; a {@code Template} is immutable and is rendered
 * by any number of threads. The language, what it leaves out of Jinja2 and where it differs, is docs/templates.md; Jinja2 3.1
 * is the measure, and the differential tests hold what it prints.
 *
 * <ul>
 * <li>Values are None, booleans, integers, floats, text, lists, tuples, maps and what the language itself makes (macros,
 *     loop, namespace, cycler, joiner). Variables are copied into these; any other class is refused without a look at it.
 *     There is no reflection, and no Java object is reachable: attributes are members of maps, methods are a list of names.
 * <li>One pass: text that comes from a variable is never read as a template.
 * <li>Everything is bounded by {@link org.sluice.gateway.template.TemplateLimits}, before the work is done and the memory
 *     taken: {@code Budget} is asked for every step, turn of a loop and character. Depth of the stack is bounded by the
 *     nesting of the source and of macro calls; chains of operators, filters and attributes are loops, not recursions.
 * <li>The only exception is {@link org.sluice.gateway.template.TemplateException}; it tells line and column of the source and
 *     names nothing of a variable's value.
 * </ul>
 *
 * <p>Source to rendering: {@code Lexer} ({@code Token}s, read through {@code Words}), {@code StatementParser} and {@code
 * ExpressionParser} ({@code Node}s, {@code Expression}s, {@code Link}s), {@code Render}. What Python says of values is in
 * {@code Values}, {@code Numbers}, {@code Strings}, {@code Written}. No I/O, no container, no other package of ours; the
 * clock is given.
 */
package org.sluice.gateway.template;
