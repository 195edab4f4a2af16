package org.sluice.gateway.provider;

/** What a call asks a provider to do. */
public enum Operation {
    /** A completion of a conversation, in any dialect. */
    CHAT("chat"),
    /** Counting the tokens of a conversation without answering it. */
    COUNT_TOKENS("count"),
    /** A completion of a text: OpenAI's first API. */
    COMPLETION("completion"),
    EMBEDDING("embedding"),
    /** Documents in the order of their relevance to a query. */
    RERANK("rerank"),
    MODERATION("moderation"),
    IMAGE("image"),
    IMAGE_EDIT("image"),
    SPEECH("speech"),
    TRANSCRIPTION("transcription"),
    /** Speech in any language to English text. */
    TRANSLATION("transcription"),
    FILE("file"),
    BATCH("batch"),
    /** Whatever the caller asks of one provider, in that provider's own words. */
    PASSTHROUGH("custom");

    private final String logType;

    Operation(String logType) {
        this.logType = logType;
    }

    /** What the log calls it (contract 3.4). */
    public String logType() {
        return logType;
    }

    /** A conversation or a text, answered by the completion pipeline; everything else goes the way of the endpoints. */
    public boolean isCompletion() {
        return this == CHAT || this == COMPLETION || this == COUNT_TOKENS;
    }
}
