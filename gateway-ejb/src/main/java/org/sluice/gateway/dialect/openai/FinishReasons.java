package org.sluice.gateway.dialect.openai;

import org.sluice.gateway.chat.FinishReason;

/** Why the model stopped, in OpenAI's words and those of its compatible providers. */
final class FinishReasons {
    private FinishReasons() { }

    /** Null when the provider did not say. */
    static FinishReason read(String reason) {
        if (reason == null || reason.isEmpty()) {
            return null;
        }
        return switch (reason) {
            case "length", "max_tokens", "model_length", "insufficient_system_resource" -> FinishReason.LENGTH;
            case "tool_calls", "function_call", "tool_use" -> FinishReason.TOOL_CALLS;
            case "content_filter", "safety", "sensitive" -> FinishReason.CONTENT_FILTER;
            case "refusal" -> FinishReason.REFUSAL;
            case "pause_turn" -> FinishReason.PAUSED;
            default -> FinishReason.STOP;
        };
    }

    static String write(FinishReason reason) {
        if (reason == null) {
            return null;
        }
        return switch (reason) {
            case STOP, PAUSED -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER, REFUSAL -> "content_filter";
        };
    }
}
