package org.sluice.gateway.usage;

/**
 * Token counts of one answer.
 *
 * @param inputTokens all input tokens, cached ones included
 * @param outputTokens all output tokens, reasoning included
 * @param cacheReadTokens part of the input that a provider's prompt cache served
 * @param cacheWriteTokens part of the input written to that cache, for any lifetime
 * @param cacheWrite1hTokens part of {@code cacheWriteTokens} written for one hour
 * @param reasoningTokens part of the output spent on reasoning
 * @param audioInputTokens part of the input that is audio
 * @param audioOutputTokens part of the output that is audio
 */
public record Usage(long inputTokens, long outputTokens, long cacheReadTokens, long cacheWriteTokens,
        long cacheWrite1hTokens, long reasoningTokens, long audioInputTokens, long audioOutputTokens) {
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0);

    public static Usage of(long inputTokens, long outputTokens) {
        return new Usage(inputTokens, outputTokens, 0, 0, 0, 0, 0, 0);
    }

    public long totalTokens() {
        return inputTokens + outputTokens;
    }
}
