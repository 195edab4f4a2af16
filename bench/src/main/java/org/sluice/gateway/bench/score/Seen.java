package org.sluice.gateway.bench.score;

/**
 * What a client saw.
 *
 * @param status 0 when no answer came, or it broke off without the end of its framing
 * @param logId of the call's row, or null
 */
record Seen(int status, String body, long millis, String logId) {
    boolean isAnswerOf(String provider) {
        return status == 200 && body.contains(provider + " words") && !hasError() && (!isStream() || isEnded());
    }

    boolean isStream() {
        return body.startsWith("data:") || body.startsWith(":");
    }

    boolean isEnded() {
        return body.endsWith(Reply.DONE);
    }

    boolean hasError() {
        return body.contains("\"error\":");
    }

    /** A stream that says itself that it broke. */
    boolean isToldBroken() {
        return status == 200 && hasError() && !body.contains("[DONE]");
    }

    boolean isRefusal() {
        return status >= 400 && hasError();
    }
}
