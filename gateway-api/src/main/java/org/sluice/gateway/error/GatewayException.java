package org.sluice.gateway.error;

import java.util.Optional;

/** The one exception of the gateway. Its message goes to the caller as it is. */
public class GatewayException extends RuntimeException {
    private final ErrorType type;
    private final String param;
    private final transient ProviderError providerError;
    private int retryAfterSeconds = -1;

    public GatewayException(ErrorType type, String message) {
        this(type, message, null, null, null);
    }

    public GatewayException(ErrorType type, String message, Throwable cause) {
        this(type, message, null, null, cause);
    }

    protected GatewayException(ErrorType type, String message, String param, Throwable cause) {
        this(type, message, param, null, cause);
    }

    private GatewayException(ErrorType type, String message, String param, ProviderError providerError, Throwable cause) {
        super(message, cause);
        this.type = type;
        this.param = param;
        this.providerError = providerError;
    }

    /** The value of one parameter is wrong. */
    public static GatewayException invalid(String param, String message) {
        return new GatewayException(ErrorType.INVALID_VALUE, message, param, null, null);
    }

    /** The same, for another kind, for instance {@link ErrorType#DUPLICATE_KEY}. */
    public static GatewayException of(ErrorType type, String param, String message) {
        return new GatewayException(type, message, param, null, null);
    }

    public static GatewayException provider(ProviderError error) {
        return new GatewayException(ErrorType.PROVIDER, error.message(), error.param(), error, null);
    }

    public GatewayException retryAfter(int seconds) {
        this.retryAfterSeconds = seconds;
        return this;
    }

    public ErrorType type() {
        return type;
    }

    /** HTTP status to answer with: the provider's own, where it has one. */
    public int status() {
        return providerError == null ? type.status() : providerError.status();
    }

    /** Name of the offending parameter, or null. */
    public String param() {
        return param;
    }

    public Optional<ProviderError> providerError() {
        return Optional.ofNullable(providerError);
    }

    /** Seconds to wait before another try, or -1 when unknown. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
