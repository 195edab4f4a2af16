package org.sluice.gateway.attempt;

import java.util.Locale;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.upstream.Phase;

/** What follows from a failure: who may be asked again, and whose fault it was. The table stands in the package. */
final class FailureKind {
    private static final String[] CONTEXT_WORDS = {"context length", "context_length", "context window", "maximum context", "prompt is too long",
            "input is too long", "exceeds the maximum number of tokens", "too many input tokens"};
    private static final String[] FILTER_WORDS = {"content_filter", "content_policy", "content management policy", "responsibleai"};

    private FailureKind() { }

    /** How far the attempt came. A provider that said what is wrong is in P3, also when it said so under a good status. */
    static Phase phase(GatewayException e) {
        Phase told = Phase.of(e);
        if (told != null) {
            return told;
        }
        if (e.providerError().isPresent()) {
            return Phase.P3;
        }
        return isOfUpstream(e) && e.type() != ErrorType.UPSTREAM_UNREACHABLE && e.type() != ErrorType.UPSTREAM_TLS ? Phase.P4 : Phase.P0;
    }

    /** The provider, or the way to it, failed: somebody else may be asked. Else the gateway itself refuses, whoever is asked. */
    static boolean isOfUpstream(GatewayException e) {
        return switch (e.type()) {
            case UPSTREAM_UNREACHABLE, UPSTREAM_RESET, UPSTREAM_INVALID, UPSTREAM_TLS, UPSTREAM_TRUNCATED, UPSTREAM_TIMEOUT, OVERLOADED, PROVIDER -> true;
            default -> false;
        };
    }

    /** Whether the same target may be asked again: it did nothing, or said that it might do it later. */
    static boolean mayRepeat(GatewayException e, boolean isTimeoutRetried) {
        if (!isOfUpstream(e)) {
            return false;
        }
        return switch (phase(e)) {
            case P0 -> true;
            case P1, P2 -> e.type() == ErrorType.UPSTREAM_TIMEOUT && isTimeoutRetried;
            case P3 -> e.providerError().isPresent() && isPassing(e.status());
            case P4, P5 -> false;
        };
    }

    private static boolean isPassing(int status) {
        return status >= 500 || status == 408 || status == 409 || status == 425 || status == 429;
    }

    static boolean isRateLimit(GatewayException e) {
        return e.providerError().isPresent() && e.status() == 429;
    }

    static boolean isCredentialRefused(GatewayException e) {
        return e.providerError().isPresent() && (e.status() == 401 || e.status() == 402 || e.status() == 403);
    }

    /** The provider does not like the request itself. */
    static boolean isOfRequest(GatewayException e) {
        return e.providerError().isPresent() && e.status() < 500 && !isPassing(e.status()) && !isCredentialRefused(e);
    }

    /** The prompt is longer than the model reads, in the words of any provider. */
    static boolean isContextTooSmall(GatewayException e) {
        return e.providerError().filter(error -> (error.status() == 400 || error.status() == 413) && says(error, CONTEXT_WORDS)).isPresent();
    }

    static boolean isContentRefused(GatewayException e) {
        return e.providerError().filter(error -> error.status() < 500 && says(error, FILTER_WORDS)).isPresent();
    }

    private static boolean says(ProviderError error, String[] words) {
        String said = (error.code() + " " + error.type() + " " + error.message()).toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (said.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the failure counts against the deployment, and not against the request or the caller. */
    static boolean isOfDeployment(GatewayException e) {
        if (!isOfUpstream(e) || e.type() == ErrorType.OVERLOADED) {
            return false;
        }
        int status = e.status();
        return e.providerError().isEmpty() || status >= 500 || status == 408 || status == 429 || isCredentialRefused(e);
    }

    /** What the log calls it. */
    static String errorClass(GatewayException e) {
        return isContextTooSmall(e) ? "context_length_exceeded" : isContentRefused(e) ? "content_filter" : e.type().code();
    }
}
