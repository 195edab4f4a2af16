package org.sluice.gateway.dialect;

import org.sluice.gateway.usage.Usage;

/** Looks at the events of a stream that passes through unchanged. Stateful, one per stream, not thread-safe. */
public interface EventWatch {
    enum Verdict {
        /** Pass it on. */
        RELAY,
        /** Keep it: the gateway asked for it (usage), not the client. */
        DROP,
        /** Keep it until the next event or the end of the stream has come: the answer may be complete after it. */
        HOLD,
        /** Pass it on, the answer is complete after it. */
        LAST,
        /** Pass it on; the provider reports a failure in the middle of the stream. */
        ERROR
    }

    Verdict see(ServerSentEvent event);

    /** Whether a stream that ends now has told the whole answer, although no LAST event came. */
    default boolean isComplete() {
        return false;
    }

    /** Counts so far, the last cumulative value; null when there were none. */
    Usage usage();

    /** The provider's id of the answer, or null so far. */
    String id();

    /** The model that answers, or null so far. */
    String responseModel();
}
