package org.sluice.gateway.meter;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.concurrent.atomic.LongAdder;
import org.sluice.gateway.usage.Usage;

/** The gateway's counters since its start. */
@ApplicationScoped
public class CallMeter {
    private final LongAdder started = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder unauthenticated = new LongAdder();
    private final LongAdder inputTokens = new LongAdder();
    private final LongAdder outputTokens = new LongAdder();
    private final LongAdder nanoDollars = new LongAdder();

    public void started() {
        started.increment();
    }

    /** @param status what the client got; 499 when it was gone */
    public void ended(int status, Usage usage, BigDecimal cost) {
        ended.increment();
        if (status == 499) {
            cancelled.increment();
        } else if (status >= 400) {
            errors.increment();
        }
        if (usage != null) {
            inputTokens.add(usage.inputTokens());
            outputTokens.add(usage.outputTokens());
        }
        if (cost != null && cost.signum() != 0) {
            nanoDollars.add(cost.movePointRight(9).longValue());
        }
    }

    public void refusedKey() {
        unauthenticated.increment();
    }

    public long inFlight() {
        return Math.max(0, started.sum() - ended.sum());
    }

    public long calls() {
        return ended.sum();
    }

    public long errors() {
        return errors.sum();
    }

    public long cancelled() {
        return cancelled.sum();
    }

    public long unauthenticated() {
        return unauthenticated.sum();
    }

    public long inputTokens() {
        return inputTokens.sum();
    }

    public long outputTokens() {
        return outputTokens.sum();
    }

    /** USD since start, exact to a billionth. */
    public BigDecimal cost() {
        return BigDecimal.valueOf(nanoDollars.sum(), 9);
    }
}
