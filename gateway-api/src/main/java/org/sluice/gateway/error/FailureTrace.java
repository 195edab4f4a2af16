package org.sluice.gateway.error;

/**
 * A failure as the operator's log may hold it: of what kind and where, without its words, which may quote a key, a header or
 * a prompt (reliability K5). The causes likewise.
 */
public final class FailureTrace extends Exception {
    private static final int DEEPEST = 8;

    private FailureTrace(Throwable failure, int depth) {
        super(failure.getClass().getName(), failure.getCause() == null || depth == DEEPEST ? null : new FailureTrace(failure.getCause(), depth + 1), false, true);
        setStackTrace(failure.getStackTrace());
    }

    public static FailureTrace of(Throwable failure) {
        return new FailureTrace(failure, 1);
    }
}
