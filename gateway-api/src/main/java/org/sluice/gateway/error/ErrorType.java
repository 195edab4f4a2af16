package org.sluice.gateway.error;

/**
 * The kinds of failure a caller can meet. The OpenAI type and code are the table's of the error contract; the other
 * dialects map a kind to their own words in their own package.
 */
public enum ErrorType {
    INVALID_JSON(400, "invalid_request_error", "invalid_json"),
    INVALID_VALUE(400, "invalid_request_error", "invalid_value"),
    PREVIOUS_RESPONSE_NOT_FOUND(400, "invalid_request_error", "previous_response_not_found"),
    DUPLICATE_KEY(400, "invalid_request_error", "duplicate_key"),
    PROMPT_RENDER_FAILED(400, "invalid_request_error", "prompt_render_failed"),
    API_BASE_NOT_ALLOWED(400, "invalid_request_error", "api_base_not_allowed"),
    AUTHENTICATION(401, "invalid_request_error", "invalid_api_key"),
    INSUFFICIENT_CREDIT(402, "insufficient_quota", "insufficient_credits"),
    PERMISSION(403, "permission_error", "forbidden"),
    MODEL_NOT_FOUND(404, "invalid_request_error", "model_not_found"),
    NOT_FOUND(404, "invalid_request_error", "not_found"),
    METHOD_NOT_ALLOWED(405, "invalid_request_error", "method_not_allowed"),
    REQUEST_TIMEOUT(408, "invalid_request_error", "request_timeout"),
    CONFLICT(409, "idempotency_error", "idempotency_conflict"),
    TOO_LARGE(413, "invalid_request_error", "request_too_large"),
    UNSUPPORTED_MEDIA(415, "invalid_request_error", "unsupported_media_type"),
    RATE_LIMIT(429, "rate_limit_error", "rate_limit_exceeded"),
    CLIENT_CANCELLED(499, "invalid_request_error", "client_cancelled"),
    INTERNAL(500, "server_error", "internal_error"),
    UPSTREAM_UNREACHABLE(502, "upstream_error", "upstream_unreachable"),
    UPSTREAM_RESET(502, "upstream_error", "upstream_reset"),
    UPSTREAM_INVALID(502, "upstream_error", "upstream_invalid_response"),
    UPSTREAM_TLS(502, "upstream_error", "upstream_tls"),
    UPSTREAM_TRUNCATED(502, "upstream_error", "upstream_truncated"),
    OVERLOADED(503, "overloaded_error", "overloaded"),
    NO_TARGET(503, "overloaded_error", "no_target"),
    AUTH_UNAVAILABLE(503, "overloaded_error", "auth_unavailable"),
    /** A secret is to be stored and the operator has given no key to encrypt it with. */
    VAULT_LOCKED(503, "server_error", "vault_locked"),
    SHUTTING_DOWN(503, "overloaded_error", "shutting_down"),
    UPSTREAM_TIMEOUT(504, "timeout_error", "upstream_timeout"),
    /** The provider answered with an error of its own; status and words are in {@link ProviderError}. */
    PROVIDER(502, "upstream_error", "provider_error");

    private final int status;
    private final String wireName;
    private final String code;

    ErrorType(int status, String wireName, String code) {
        this.status = status;
        this.wireName = wireName;
        this.code = code;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** The OpenAI {@code error.type}. */
    public String wireName() {
        return wireName;
    }

    /** The OpenAI {@code error.code}. */
    public String code() {
        return code;
    }
}
