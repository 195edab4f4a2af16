package org.sluice.gateway.attempt;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.admission.Hold;
import org.sluice.gateway.admission.Spent;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.log.AttemptRecord;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.upstream.UpstreamException;

/** The attempts of one call, for its log, and what is kept for it meanwhile. Written by the call's thread only; whoever records the call's end settles. */
public final class AttemptTrail {
    private final List<AttemptRecord> attempts = new ArrayList<>(1);
    private List<String> warnings = List.of();
    private Target target;
    private long firstSentNanos = -1;
    private long sentNanos;
    private boolean isAnswered;
    private Hold hold = Hold.NONE;

    /** What is kept for the call until it is over. */
    public void hold(Hold kept) {
        hold = kept;
    }

    /** The call is over: gives back what was kept for it. Once; again it does nothing. */
    public void settle(Spent spent) {
        Hold kept = hold;
        hold = Hold.NONE;
        kept.settle(spent);
    }

    void sending(Target next) {
        target = next;
        isAnswered = false;
        sentNanos = System.nanoTime();
        if (firstSentNanos < 0) {
            firstSentNanos = sentNanos;
        }
    }

    void answered(int status) {
        add("P5", status, null, false);
        isAnswered = true;
    }

    /** Takes the place of the answer when it turned out to be none. */
    void failed(GatewayException error) {
        if (isAnswered) {
            attempts.remove(attempts.size() - 1);
        }
        boolean isUncertain = error instanceof UpstreamException upstream && upstream.isCostUncertain();
        add(FailureKind.phase(error).name(), error.providerError().isPresent() ? error.status() : 0, FailureKind.errorClass(error), isUncertain);
    }

    /** The target was not asked; the call goes on with another. */
    void skipped(Target left, String reason) {
        attempts.add(new AttemptRecord(attempts.size() + 1, left.deployment().id(), "P0", 0, null, 0, null, false, reason));
    }

    /** An attempt beside another that was quicker: it was given up, what the provider did for it may cost something. */
    void left(Target slower, long sinceNanos) {
        attempts.add(new AttemptRecord(attempts.size() + 1, slower.deployment().id(), "P2", 0, "hedge_lost", (System.nanoTime() - sinceNanos) / 1_000_000, null, true));
    }

    /** The attempts of another trail of this call behind these. */
    void take(AttemptTrail others) {
        for (AttemptRecord made : others.attempts) {
            attempts.add(new AttemptRecord(attempts.size() + 1, made.deployment(), made.phase(), made.status(), made.errorCode(), made.millis(), made.usage(),
                    made.isCostUncertain(), made.skipped()));
        }
    }

    /** Who answered, of several that were asked at once. */
    void won(Target quicker, long sinceNanos) {
        target = quicker;
        firstSentNanos = firstSentNanos < 0 ? sinceNanos : firstSentNanos;
    }

    /** For the log's {@code warnings}. */
    public void warn(String warning) {
        if (warnings.isEmpty()) {
            warnings = new ArrayList<>(2);
        }
        warnings.add(warning);
    }

    public void warn(List<String> all) {
        all.forEach(this::warn);
    }

    private void add(String phase, int status, String errorClass, boolean isUncertain) {
        attempts.add(new AttemptRecord(attempts.size() + 1, target.deployment().id(), phase, status, errorClass,
                (System.nanoTime() - sentNanos) / 1_000_000, null, isUncertain));
    }

    public List<AttemptRecord> attempts() {
        return attempts;
    }

    public List<String> warnings() {
        return warnings;
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
