package org.sluice.gateway.provider;

/** What a call asks a provider to do. */
public enum Operation {
    /** A completion of a conversation, in any dialect. */
    CHAT,
    /** Counting the tokens of a conversation without answering it. */
    COUNT_TOKENS
}
