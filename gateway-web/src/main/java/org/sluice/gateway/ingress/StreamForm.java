package org.sluice.gateway.ingress;

import org.sluice.gateway.dialect.Slice;

/** How a stream is written where it is not by server-sent events. One per stream, not thread-safe. */
public interface StreamForm {
    String contentType();

    /** @param frame whole events, as the dialect writes them */
    Slice apply(Slice frame);

    /** What closes the stream, or null. */
    default Slice end() {
        return null;
    }
}
