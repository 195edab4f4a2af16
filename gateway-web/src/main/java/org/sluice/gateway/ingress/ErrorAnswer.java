package org.sluice.gateway.ingress;

import java.util.Map;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Writes a failure as the answer to an exchange, with the headers that belong to its kind. */
final class ErrorAnswer {
    private ErrorAnswer() { }

    static void send(Exchange exchange, Dialect dialect, GatewayException e, String callId, Map<String, String> headers) {
        addHeaders(e, headers);
        byte[] body = dialect.writeError(e, callId);
        boolean isPlainText = e.providerError().filter(error -> error.body() == body && error.contentType() != null
                && error.contentType().startsWith("text/plain")).isPresent();
        exchange.respond(e.status(), isPlainText ? "text/plain; charset=utf-8" : "application/json", headers, body);
    }

    /** Those of an answer that no call thread gives. */
    static Map<String, String> headers(Dialect dialect, GatewayException e, String callId) {
        Map<String, String> headers = AnswerHeaders.of(dialect, callId);
        addHeaders(e, headers);
        return headers;
    }

    private static void addHeaders(GatewayException e, Map<String, String> headers) {
        headers.put("Cache-Control", "no-store");
        if (e.type() == ErrorType.AUTHENTICATION) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        if (e.type() == ErrorType.TOO_LARGE || MessageCheck.isAboutFraming(e)) {
            headers.put("Connection", "close");
        }
        if (e.retryAfterSeconds() >= 0) {
            headers.put("Retry-After", Integer.toString(e.retryAfterSeconds()));
        } else if (e.status() == 503 && e.providerError().isEmpty()) {
            headers.put("Retry-After", "1");
        }
        e.providerError().ifPresent(error -> error.headers().forEach((name, value) -> {
            if (value.matches("[\\x20-\\x7e]{1,100}")) {
                headers.put(name.equals("retry-after") ? "Retry-After" : name, value);
            }
        }));
    }
}
