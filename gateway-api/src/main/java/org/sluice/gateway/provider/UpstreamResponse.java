package org.sluice.gateway.provider;

import java.io.InputStream;
import java.util.Map;

/**
 * A provider's answer. {@link #close()} after the body was read to its end keeps the connection; before the end it cuts
 * it, which is how a call is cancelled. {@code close} may be called by another thread and is idempotent.
 */
public interface UpstreamResponse extends AutoCloseable {
    int status();

    /** Header fields by lower-case name; of a repeated field the first. */
    Map<String, String> headers();

    /**
     * The body without framing and content coding. A read returns what has arrived.
     *
     * @return a stream whose reads throw {@link org.sluice.gateway.error.GatewayException} of an UPSTREAM kind, not IOException
     */
    InputStream body();

    @Override
    void close();
}
