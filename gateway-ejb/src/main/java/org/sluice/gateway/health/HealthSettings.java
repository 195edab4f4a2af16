package org.sluice.gateway.health;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the operator has set; the words are those of MicroProfile Fault Tolerance where it has them.
 *
 * @param circuit when circuits open and close
 * @param cooldown after a 429 that does not say how long
 * @param cooldownMax the longest a provider can ask for
 * @param credentialRefusals answers 401, 402 or 403 in a row after which a credential counts as refused
 * @param credentialRecheck after this time one call finds out whether a refused credential is taken again
 * @param timeoutMin a shorter timeout is the caller's own wish and says nothing of the deployment
 * @param bulkhead calls under way at one provider
 * @param callMax no call takes longer
 * @param deploymentsMax deployments remembered for the operator's and stored credentials, and as many for those of requests
 * @param file where marks and the operator's settings are kept, or null for nowhere
 */
public record HealthSettings(CircuitSettings circuit, Duration cooldown, Duration cooldownMax, int credentialRefusals,
        Duration credentialRecheck, Duration timeoutMin, int bulkhead, Duration callMax, int deploymentsMax, Path file) {

    /**
     * @param requestVolumeThreshold outcomes in the window below which nothing opens
     * @param failureRatio share of failures among them that opens, above 0 up to 1
     * @param rollingWindow the window
     * @param delay from opening to the first probe
     * @param successThreshold probes in a row that close
     * @param probeLease a probe that has said nothing for so long does not keep others away
     */
    public record CircuitSettings(int requestVolumeThreshold, double failureRatio, Duration rollingWindow, Duration delay,
            int successThreshold, Duration probeLease) {
        public static final CircuitSettings DEFAULT = new CircuitSettings(20, 0.5, Duration.ofSeconds(10), Duration.ofSeconds(30), 1, Duration.ofSeconds(30));
    }

    public static HealthSettings defaults() {
        return new HealthSettings(CircuitSettings.DEFAULT, Duration.ofSeconds(1), Duration.ofMinutes(5), 3, Duration.ofSeconds(30),
                Duration.ofSeconds(10), 4096, Duration.ofMinutes(31), 10_000, null);
    }
}
