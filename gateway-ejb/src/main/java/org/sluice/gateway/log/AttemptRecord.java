package org.sluice.gateway.log;

import org.sluice.gateway.usage.Usage;

/**
 * One upstream request of a call, or one that was not made, as the log tells it.
 *
 * @param number from 1, across retries and fallbacks
 * @param deployment e.g. {@code openai/gpt-4o-mini}
 * @param phase P0..P5 of the attempt's end (P5 for a success that was relayed)
 * @param status HTTP status of the provider, 0 when none came
 * @param errorCode {@link org.sluice.gateway.error.ErrorType#code()}, {@code context_length_exceeded} or {@code content_filter}, or null
 * @param usage null when the provider did not count
 * @param isCostUncertain the provider may have worked although no answer came
 * @param skipped why the deployment was not asked, or null when it was
 */
public record AttemptRecord(int number, String deployment, String phase, int status, String errorCode, long millis,
        Usage usage, boolean isCostUncertain, String skipped) {
    /** An attempt that was made. */
    public AttemptRecord(int number, String deployment, String phase, int status, String errorCode, long millis, Usage usage, boolean isCostUncertain) {
        this(number, deployment, phase, status, errorCode, millis, usage, isCostUncertain, null);
    }
}
