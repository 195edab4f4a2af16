package org.sluice.gateway.attempt;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.usage.Usage;

/** The provider's own frames, byte for byte, for a client of the same dialect. */
final class RelayedFrames implements AnswerFrames {
    private static final int MAX_LEAD = 64 * 1024;
    private final UpstreamResponse response;
    private final EventSource events;
    private final EventWatch watch;
    private final Dialect dialect;
    private final ByteArrayOutputStream lead = new ByteArrayOutputStream(0);
    private Slice held;
    private boolean isLast;
    private boolean hasRelayed;

    RelayedFrames(UpstreamResponse response, EventSource events, EventWatch watch, Dialect dialect) {
        this.response = response;
        this.events = events;
        this.watch = watch;
        this.dialect = dialect;
    }

    @Override
    public Slice next() {
        if (isLast) {
            return null;
        }
        while (true) {
            ServerSentEvent event = events.next();
            if (event == null) {
                return ended();
            }
            Slice due = held;
            held = null;
            switch (watch.see(event)) {
                case DROP -> held = due;
                case LAST -> {
                    isLast = true;
                    return joined(due, event.frame());
                }
                case HOLD -> {
                    held = Slice.of(Arrays.copyOfRange(event.frame().array(), event.frame().from(), event.frame().to()));
                    if (due != null) {
                        return relayed(due);
                    }
                }
                case ERROR -> throw failure(event);
                default -> {
                    if (event.data() == null && due != null) {
                        held = joined(due, event.frame());
                        continue;
                    }
                    if (event.data() == null && !hasRelayed && lead.size() < MAX_LEAD) {
                        lead.write(event.frame().array(), event.frame().from(), event.frame().length());
                        continue;
                    }
                    return relayed(joined(due, event.frame()));
                }
            }
        }
    }

    private static Slice joined(Slice due, Slice frame) {
        if (due == null) {
            return frame;
        }
        byte[] both = Arrays.copyOfRange(due.array(), due.from(), due.to() + frame.length());
        System.arraycopy(frame.array(), frame.from(), both, due.length(), frame.length());
        return Slice.of(both);
    }

    private Slice relayed(Slice frame) {
        return hasRelayed ? frame : first(frame);
    }

    /** Comments before the first event go out with it: until then the call can still fail with a status. */
    private Slice first(Slice frame) {
        hasRelayed = true;
        if (lead.size() == 0) {
            return frame;
        }
        lead.write(frame.array(), frame.from(), frame.length());
        return Slice.of(lead.toByteArray());
    }

    private GatewayException failure(ServerSentEvent event) {
        byte[] data = event.data().toBytes();
        ProviderError error = dialect.readError(502, "application/json", data);
        return GatewayException.provider(error.body() == data ? error.withEvent(event.frame().toBytes().clone()) : error);
    }

    private Slice ended() {
        if (!watch.isComplete()) {
            throw new GatewayException(ErrorType.UPSTREAM_TRUNCATED, "The provider's stream ended before the answer was complete.");
        }
        isLast = true;
        return held == null ? null : relayed(held);
    }

    @Override
    public boolean isLast() {
        return isLast;
    }

    @Override
    public Usage usage() {
        return watch.usage();
    }

    @Override
    public String id() {
        return watch.id();
    }

    @Override
    public String responseModel() {
        return watch.responseModel();
    }

    @Override
    public void close() {
        response.close();
    }
}
