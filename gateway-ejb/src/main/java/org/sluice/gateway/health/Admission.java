package org.sluice.gateway.health;

import org.sluice.gateway.error.GatewayException;

/** Whether an attempt may be made; when it may, its outcome must be told, by exactly one of the last three. */
public interface Admission {
    boolean isGranted();

    /** Why not, for the caller: {@code circuit open}, {@code cooldown}, {@code credential refused}, {@code too many calls}. */
    String refusal();

    /** When asking again makes sense, in milliseconds, or -1. */
    long retryAfterMillis();

    /** The head, or a stream's first event, is there. May be called once, before the outcome. */
    void answered(long nanosToFirst);

    /** It ended well. */
    void succeeded(long inputTokens, long outputTokens);

    /** The provider, the way to it, or the credential failed. */
    void failed(GatewayException failure);

    /** Nothing can be said of the deployment: the client went away, the request was wrong. */
    void abandoned();
}
