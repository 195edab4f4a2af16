package org.sluice.gateway.provider;

import java.io.InputStream;
import java.util.Objects;

/**
 * A request body that is sent while it arrives. It can be sent once; nothing is closed.
 *
 * @param content reads block until something has arrived; a {@link org.sluice.gateway.error.GatewayException} from it
 *     cuts the request and goes to the sender as it is
 * @param length bytes to come, or -1 when not known: then it is sent in chunks
 */
public record Upload(InputStream content, long length) {
    public static final long UNKNOWN = -1;

    public Upload {
        Objects.requireNonNull(content, "content is null");
    }
}
