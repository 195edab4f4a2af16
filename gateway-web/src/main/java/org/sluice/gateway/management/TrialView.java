package org.sluice.gateway.management;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import org.sluice.gateway.integration.KeyTrial;
import org.sluice.gateway.provider.Provider;

/**
 * How trying a key went.
 *
 * @param statusCode the provider's own; null when it could not be reached
 * @param latency seconds
 */
@JsonbPropertyOrder({"ok", "provider", "model", "statusCode", "message", "latency"})
public record TrialView(boolean ok, String provider, String model, Integer statusCode, String message, double latency) {
    private static final double MILLIS = 1_000;

    static TrialView of(Provider provider, KeyTrial.Result result) {
        return new TrialView(result.isGood(), provider.id(), result.model(), result.status() == 0 ? null : result.status(),
                result.isGood() ? "The provider answered." : result.message(), result.millis() / MILLIS);
    }
}
