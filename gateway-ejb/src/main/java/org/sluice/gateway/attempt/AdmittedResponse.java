package org.sluice.gateway.attempt;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.provider.UpstreamResponse;

/** A response whose end is told to the deployment's health, once: with its last byte, with a failure, or when it is left. */
final class AdmittedResponse implements UpstreamResponse {
    private final Call call;
    private final UpstreamResponse response;
    private final Admission admission;
    private final InputStream body;
    private final AtomicBoolean isTold = new AtomicBoolean();

    AdmittedResponse(Call call, UpstreamResponse response, Admission admission) {
        this.call = call;
        this.response = response;
        this.admission = admission;
        this.body = new Body(response.body(), announced(response.headers()));
    }

    private static long announced(Map<String, String> headers) {
        String length = headers.get("content-length");
        return length == null || headers.containsKey("content-encoding") || headers.containsKey("transfer-encoding") || !length.matches("[0-9]{1,15}")
                ? Long.MAX_VALUE : Long.parseLong(length);
    }

    @Override
    public int status() {
        return response.status();
    }

    @Override
    public Map<String, String> headers() {
        return response.headers();
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        if (isTold.compareAndSet(false, true)) {
            admission.abandoned();
        }
        response.close();
    }

    private final class Body extends InputStream {
        private final InputStream in;
        private long left;

        Body(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            try {
                int read = in.read(target, from, length);
                left -= Math.max(0, read);
                if ((read < 0 || left == 0) && isTold.compareAndSet(false, true)) {
                    admission.succeeded(0, 0);
                }
                return read;
            } catch (GatewayException e) {
                if (isTold.compareAndSet(false, true)) {
                    AttemptLoop.tell(admission, e, call);
                }
                throw e;
            }
        }
    }
}
