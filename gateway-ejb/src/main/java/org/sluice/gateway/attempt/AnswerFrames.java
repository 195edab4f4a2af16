package org.sluice.gateway.attempt;

import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.usage.Usage;

/** The frames of a streamed answer in the client's dialect, before anybody logs them. One thread reads. */
public interface AnswerFrames extends AutoCloseable {
    /**
     * The next frame, valid until the next call; null when the stream has ended well.
     *
     * @throws org.sluice.gateway.error.GatewayException when the provider failed or broke off
     */
    Slice next();

    /** Whether the frame just handed out tells the client that the answer is complete. */
    boolean isLast();

    /** Counts so far, or null. */
    Usage usage();

    String id();

    String responseModel();

    /** Gives the connection back after a good end, cuts it before. */
    @Override
    void close();
}
