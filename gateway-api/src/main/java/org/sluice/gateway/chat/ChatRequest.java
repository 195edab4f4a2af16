package org.sluice.gateway.chat;

import java.util.List;
import java.util.Map;

/**
 * What the client asks.
 *
 * @param dialect name of the dialect the client spoke: what {@code extras} are named in
 * @param model the name the client sent; empty when a prompt or a group will name it
 * @param extras parameters this vocabulary has no word for, passed on to providers of the same dialect
 */
public record ChatRequest(String dialect, String model, List<Message> messages, Tools tools, Sampling sampling, Reasoning reasoning,
        ResponseFormat responseFormat, boolean stream, boolean includeUsage, String user, Map<String, RawJson> extras) {
    public ChatRequest {
        messages = List.copyOf(messages);
        extras = Extras.copy(extras);
    }

    /** @param parallel or null when the caller did not say */
    public record Tools(List<Tool> offered, ToolChoice choice, Boolean parallel) {
        public static final Tools NONE = new Tools(List.of(), null, null);
        public Tools { offered = List.copyOf(offered); }
    }

    /**
     * Knobs; null when the caller did not turn them. Numbers are their JSON text, so that nothing is rounded.
     *
     * @param maxTokens upper bound of output tokens
     */
    public record Sampling(String temperature, String topP, String topK, Long maxTokens, Integer n, List<String> stop,
            String seed, String presencePenalty, String frequencyPenalty) {
        public static final Sampling DEFAULT = new Sampling(null, null, null, null, null, List.of(), null, null, null);
        public Sampling { stop = List.copyOf(stop); }
    }

    /**
     * How hard to think; null members when the caller did not say.
     *
     * @param effort none, minimal, low, medium, high, xhigh
     * @param budgetTokens Anthropic's and Gemini's budget
     * @param enabled false = explicitly off
     * @param raw the {@code thinking} object as the caller wrote it, or null
     */
    public record Reasoning(String effort, Long budgetTokens, Boolean enabled, RawJson raw) {
        public static final Reasoning DEFAULT = new Reasoning(null, null, null, null);
    }

    public ChatRequest withModel(String upstreamModel) {
        return new ChatRequest(dialect, upstreamModel, messages, tools, sampling, reasoning, responseFormat, stream, includeUsage, user, extras);
    }

    public ChatRequest withMessages(List<Message> replaced) {
        return new ChatRequest(dialect, model, replaced, tools, sampling, reasoning, responseFormat, stream, includeUsage, user, extras);
    }
}
