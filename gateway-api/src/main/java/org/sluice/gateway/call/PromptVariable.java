package org.sluice.gateway.call;

/** What a variable of a prompt stands for. */
public sealed interface PromptVariable {
    /** Text, number, true, false, null, or lists and maps of them: {@code String, Long, BigInteger, Double, Boolean, null, List, Map}. */
    record Value(Object value) implements PromptVariable {}

    /** A picture; where it stands in a message it becomes a part of its own. */
    record ImageUrl(String url) implements PromptVariable {}

    /** Another prompt, rendered first and put in as text. */
    record Prompt(PromptReference reference) implements PromptVariable {}
}
