package org.sluice.gateway.call;

import org.sluice.gateway.dialect.Slice;

/**
 * The frames of a streamed answer, in the client's dialect, ready for the wire. One thread reads it.
 *
 * <p>The call is written to the log before the frame that tells the client "done" is handed out.
 */
public interface FrameStream extends AutoCloseable {
    /**
     * Waits for the next frame; null after the last one. The bytes are valid until the next call.
     *
     * @throws org.sluice.gateway.error.GatewayException when the provider failed; already logged
     */
    Slice next();

    /** The client is gone: cuts the provider's connection and logs the call as cancelled. May come from any thread. */
    void cancel();

    /** Releases the provider's connection; before the end it means {@link #cancel()}. */
    @Override
    void close();
}
