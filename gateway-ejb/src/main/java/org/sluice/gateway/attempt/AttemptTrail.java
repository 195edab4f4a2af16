package org.sluice.gateway.attempt;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.log.AttemptRecord;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.upstream.UpstreamException;

/** The attempts of one call, for its log. Written by the call's thread only. */
public final class AttemptTrail {
    private final List<AttemptRecord> attempts = new ArrayList<>(1);
    private Target target;
    private long firstSentNanos = -1;

    void sending(Target next) {
        target = next;
        if (firstSentNanos < 0) {
            firstSentNanos = System.nanoTime();
        }
    }

    void answered(int status, long startedNanos) {
        attempts.add(new AttemptRecord(attempts.size() + 1, target.deployment().id(), "P5", status, null,
                millisSince(startedNanos), null, false));
    }

    void failed(GatewayException error, long startedNanos) {
        String phase = error instanceof UpstreamException upstream ? upstream.phase().name() : error.providerError().isPresent() ? "P3" : "P4";
        boolean isUncertain = error instanceof UpstreamException upstream && upstream.isCostUncertain();
        attempts.add(new AttemptRecord(attempts.size() + 1, target.deployment().id(), phase,
                error.providerError().isPresent() ? error.status() : 0, error.type().code(), millisSince(startedNanos), null, isUncertain));
    }

    private static long millisSince(long startedNanos) {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }

    public List<AttemptRecord> attempts() {
        return attempts;
    }

    /** The target asked last, or null when none was. */
    public Target target() {
        return target;
    }

    /** When the first attempt began, {@link System#nanoTime()}, or -1. */
    public long firstSentNanos() {
        return firstSentNanos;
    }
}
