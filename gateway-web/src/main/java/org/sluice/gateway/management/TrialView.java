package org.sluice.gateway.management;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import org.sluice.gateway.integration.KeyTrial;
import org.sluice.gateway.provider.Provider;

/**
 * How trying a key went.
 *
 * @param status the provider's own; null when it could not be reached
 * @param latency seconds
 */
@JsonbPropertyOrder({"ok", "provider", "model", "status_code", "message", "latency"})
public record TrialView(@JsonbProperty("ok") boolean isGood, String provider, String model, @JsonbProperty("status_code") Integer status, String message, double latency) {
    private static final double MILLIS = 1_000;

    static TrialView of(Provider provider, KeyTrial.Result result) {
        return new TrialView(result.isGood(), provider.id(), result.model(), result.status() == 0 ? null : result.status(),
                result.isGood() ? "The provider answered." : result.message(), result.millis() / MILLIS);
    }
}
