package org.sluice.gateway.health;

import org.sluice.gateway.error.GatewayException;

/**
 * Whether an attempt may be made; when it may, its outcome must be told, by exactly one of the last three. Only the first
 * that is told counts. One that is never told holds its place in the bulkhead for as long as a call may take, and then no more.
 */
public interface Admission {
    boolean isGranted();

    /** Why not, for the caller: {@code circuit open}, {@code cooldown}, {@code credential refused}, {@code drained}, {@code too many calls}; null when granted. */
    String refusal();

    /** When asking again makes sense, in milliseconds, or -1. */
    long retryAfterMillis();

    /** The head of a good answer, or a stream's first event, is there; not that of an error. May be called once, before the outcome. */
    void answered(long nanosToFirst);

    /** It ended well. */
    void succeeded(long inputTokens, long outputTokens);

    /** The provider, the way to it, or the credential failed. */
    void failed(GatewayException failure);

    /** Nothing can be said of the deployment: the client went away, the request was wrong. */
    void abandoned();
}
