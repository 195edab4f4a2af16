package org.sluice.gateway.ingress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** A client's body of which no more than a limit is read. */
final class BoundedUpload extends FilterInputStream {
    private final long most;
    private long read;

    /** @throws GatewayException TOO_LARGE when more is announced */
    BoundedUpload(InputStream body, long announced, long most) {
        super(body);
        this.most = most;
        if (announced > most) {
            throw tooLarge();
        }
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int n = super.read(target, from, length);
        count(Math.max(0, n));
        return n;
    }

    private void count(int more) {
        read += more;
        if (read > most) {
            throw tooLarge();
        }
    }

    private GatewayException tooLarge() {
        return new GatewayException(ErrorType.TOO_LARGE, "The request body is larger than " + most + " bytes.");
    }
}
