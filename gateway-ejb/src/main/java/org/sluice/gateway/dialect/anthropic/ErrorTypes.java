package org.sluice.gateway.dialect.anthropic;

import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;

/**
 * Anthropic's error types and their statuses.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/errors">Claude: errors</a>
 */
final class ErrorTypes {
    private ErrorTypes() { }

    /** The status an error would have had before the stream began. */
    static int status(String type) {
        return switch (type == null ? "" : type) {
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "conflict_error" -> 409;
            case "request_too_large" -> 413;
            case "rate_limit_error" -> 429;
            case "timeout_error" -> 504;
            case "overloaded_error" -> 529;
            default -> 500;
        };
    }

    static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status >= 500 ? "api_error" : "invalid_request_error";
        };
    }

    static String type(GatewayException error) {
        ProviderError provider = error.providerError().orElse(null);
        boolean isOurs = provider != null && provider.dialect().equals(AnthropicDialect.NAME) && provider.type() != null;
        return isOurs ? provider.type() : type(error.status());
    }
}
