package org.sluice.gateway.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sluice.gateway.attempt.AttemptTrail;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.UpstreamResponse;

/** A provider's bytes on their way to the client, recorded exactly once: before the last of them is handed out, where their number is known. */
final class RelayedBytes implements FrameStream {
    private static final int PIECE = 16 * 1024;
    private final Call call;
    private final AttemptTrail trail;
    private final UpstreamResponse response;
    private final long length;
    private final UploadMeter upload;
    private final boolean isFree;
    private final CallRecorder recorder;
    private final RelayedAnswer answer;
    private final AtomicBoolean isRecorded = new AtomicBoolean();
    private final byte[] piece = new byte[PIECE];
    private long passed;
    private volatile long firstByteNanos = -1;

    /**
     * @param length bytes to come, or -1
     * @param upload what was sent, or null
     * @param isFree nothing was asked for that costs anything
     */
    RelayedBytes(Call call, AttemptTrail trail, UpstreamResponse response, long length, UploadMeter upload, boolean isFree, CallRecorder recorder) {
        this.call = call;
        this.trail = trail;
        this.response = response;
        this.length = length;
        this.upload = upload;
        this.isFree = isFree;
        this.recorder = recorder;
        this.answer = new RelayedAnswer(response.headers().get("content-type"), recorder.contentMax());
    }

    @Override
    public Slice next() {
        try {
            int read = passed == length ? -1 : response.body().read(piece, 0, PIECE);
            if (firstByteNanos < 0) {
                firstByteNanos = System.nanoTime() - call.startedNanos();
            }
            if (read < 0) {
                record(null);
                return null;
            }
            synchronized (answer) {
                answer.add(piece, read);
            }
            passed += read;
            if (passed == length) {
                record(null);
            }
            return new Slice(piece, 0, read);
        } catch (GatewayException e) {
            GatewayException told = call.cancellation().isCancelled() ? gone() : e;
            record(told);
            throw told;
        } catch (IOException e) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer could not be read.", e);
        }
    }

    @Override
    public void cancel() {
        call.cancellation().cancel();
        record(gone());
    }

    @Override
    public void close() {
        record(gone());
        response.close();
    }

    private static GatewayException gone() {
        return new GatewayException(ErrorType.CLIENT_CANCELLED, "The client closed the connection.");
    }

    private void record(GatewayException failure) {
        if (isRecorded.compareAndSet(false, true)) {
            synchronized (answer) {
                recorder.relayed(call, trail, this, failure);
            }
        }
    }

    RelayedAnswer answer() {
        return answer;
    }

    int status() {
        return response.status();
    }

    long firstByteNanos() {
        return firstByteNanos;
    }

    boolean isFree() {
        return isFree;
    }

    /** The JSON of the request; of an upload its size beside what was read of it. */
    List<Slice> request() {
        List<Slice> slices = new ArrayList<>(RecordedRequest.of(call));
        if (upload == null) {
            return slices;
        }
        String size = "\"upload_bytes\":" + upload.bytes() + "}";
        if (slices.isEmpty()) {
            return List.of(Slice.utf8("{" + size));
        }
        Slice last = slices.remove(slices.size() - 1);
        slices.add(new Slice(last.array(), last.from(), last.to() - 1));
        slices.add(Slice.utf8("," + size));
        return slices;
    }
}
