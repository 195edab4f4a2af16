package org.sluice.gateway.health;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What all deployments share.
 *
 * @param nanos the monotonic clock that everything is measured by
 * @param origin its reading at the beginning: what is measured from there does not overflow
 * @param clock the time of day, for people and HTTP dates
 * @param marksChanged told when a credential was marked or a mark is gone; must return at once
 */
record Setup(HealthSettings settings, LongSupplier nanos, long origin, Clock clock, Runnable marksChanged) {
    long now() {
        return nanos.getAsLong() - origin;
    }
}
