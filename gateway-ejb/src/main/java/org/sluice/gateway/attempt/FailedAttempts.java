package org.sluice.gateway.attempt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.route.Target;

/** What went wrong at each model, and what the client is told when all of them failed. */
final class FailedAttempts {
    private static final int LONGEST_WORDS = 200;
    private final Map<String, GatewayException> lastByModel = new LinkedHashMap<>();
    private GatewayException last;
    private long soonestMillis = -1;
    private String refusal;

    boolean isEmpty() {
        return last == null;
    }

    void add(Target target, GatewayException e) {
        lastByModel.put(target.requested(), e);
        last = e;
    }

    void refused(Admission admission) {
        refusal = admission.refusal();
        long millis = admission.retryAfterMillis();
        soonestMillis = soonestMillis < 0 || millis >= 0 && millis < soonestMillis ? millis : soonestMillis;
    }

    /**
     * Of one model its own failure as it is. Of several one that names them all: with the last one's status when all are of
     * a kind, else 502. When nobody could be asked NO_TARGET.
     */
    GatewayException all(AttemptTrail trail) {
        if (last == null) {
            GatewayException none = new GatewayException(ErrorType.NO_TARGET, "No deployment of the model can be asked now: " + refusal + ". Try again later, or name 'fallback_models'.");
            return none.retryAfter(soonestMillis < 0 ? 1 : (int) Math.min(Integer.MAX_VALUE, Math.max(1, (soonestMillis + 999) / 1000)));
        }
        warn(trail);
        if (lastByModel.size() == 1) {
            return last;
        }
        String message = lastByModel.entrySet().stream().map(failed -> failed.getKey() + ": " + failed.getValue().status() + " " + words(failed.getValue()))
                .collect(Collectors.joining("; ", "All models failed. ", ""));
        boolean isOneKind = lastByModel.values().stream().allMatch(e -> e.status() / 100 == last.status() / 100);
        if (!isOneKind) {
            return new GatewayException(ErrorType.PROVIDER, message);
        }
        ProviderError error = last.providerError().orElse(null);
        return error == null ? new GatewayException(last.type(), message).retryAfter(last.retryAfterSeconds())
                : GatewayException.provider(new ProviderError(error.status(), error.type(), error.code(), null, message, "", null, new byte[0], null, error.headers()));
    }

    /** Who failed on the way to the answer. */
    void warn(AttemptTrail trail) {
        lastByModel.forEach((model, e) -> trail.warn(model + " failed: " + e.status() + " " + words(e)));
    }

    private static String words(GatewayException e) {
        String words = e.getMessage() == null ? e.type().code() : e.getMessage();
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "...";
    }
}
