package org.sluice.gateway.dialect.gemini;

import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;

/**
 * Google's names of statuses.
 *
 * @see <a href="https://cloud.google.com/apis/design/errors">Google Cloud: errors</a>
 */
final class StatusNames {
    private StatusNames() { }

    static String of(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 402 -> "FAILED_PRECONDITION";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 405, 501 -> "UNIMPLEMENTED";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 408, 504 -> "DEADLINE_EXCEEDED";
            case 500 -> "INTERNAL";
            default -> status >= 500 ? "UNAVAILABLE" : "INVALID_ARGUMENT";
        };
    }

    static String of(GatewayException error) {
        ProviderError provider = error.providerError().orElse(null);
        boolean isOurs = provider != null && provider.dialect().equals(GeminiDialect.NAME) && provider.type() != null;
        return isOurs ? provider.type() : of(error.status());
    }

    /** The reason in the error's details: the provider's code, or ours, in capitals. */
    static String reason(GatewayException error) {
        String code = error.providerError().map(ProviderError::code).orElse(error.type() == ErrorType.PROVIDER ? "provider_error" : error.type().code());
        return code.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(java.util.Locale.ROOT);
    }
}
