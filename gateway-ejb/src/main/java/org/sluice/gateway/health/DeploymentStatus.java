package org.sluice.gateway.health;

/**
 * A deployment as an operator sees it. Counts are from the start of the process, or from when the deployment was last
 * forgotten because too many others were used more recently.
 *
 * @param id {@code openai/gpt-4o@operator}: without the name of the credential and without control characters
 * @param state {@code closed}, {@code open} or {@code half-open}: of the circuit
 * @param refusal what {@link DeploymentHealth#admit} would say now, or null when it would grant
 * @param refusedStatus 401, 402, 403 or 429 when the provider refuses the credential, else 0
 * @param retryAfterMillis until the next call or probe is let in, or 0
 * @param weight set by an operator, or 0
 * @param latencyMillis moving average of the time to the first byte, as of the last answer
 * @param skipped calls that were not let in
 * @param abandoned calls that ended without saying anything of the deployment
 * @param timesOpened how often the circuit has opened
 */
public record DeploymentStatus(String id, DeploymentKey key, String state, String refusal, int refusedStatus, long retryAfterMillis,
        boolean isDrained, double weight, int callsUnderWay, long calls, long succeeded, long failed, long rateLimited, long skipped, long abandoned,
        int timesOpened, double latencyMillis, long requestsInMinute, long tokensInMinute) {}
