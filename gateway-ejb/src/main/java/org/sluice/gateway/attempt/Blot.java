package org.sluice.gateway.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.provider.Credential;

/** Takes credentials out of what a provider says of a failure: those of the call, and whatever looks like one. */
final class Blot {
    private static final int SHORTEST_SECRET = 4;
    private static final String GONE = "***";
    /** Keys of OpenAI's kind, also half covered by asterisks, Google's keys and tokens, Groq's and xAI's keys, anything behind "Bearer". */
    private static final Pattern LIKE_A_KEY = Pattern.compile("\\b(?:sk-[A-Za-z0-9_*-]{8,}|AIza[A-Za-z0-9_*-]{16,}|ya29\\.[A-Za-z0-9._-]{16,}|gsk_[A-Za-z0-9]{16,}|xai-[A-Za-z0-9]{16,}"
            + "|(?<=(?i:bearer )\\b)[A-Za-z0-9._~+/=-]{12,})");

    private Blot() { }

    static ProviderError out(ProviderError error, Credential credential) {
        String body = new String(error.body(), UTF_8);
        String blotted = out(body, credential);
        String message = out(error.message(), credential);
        ProviderError told = blotted.equals(body) && message.equals(error.message()) ? error : error.withBody(blotted.getBytes(UTF_8), message);
        if (error.event() == null) {
            return told;
        }
        String event = new String(error.event(), UTF_8);
        String blottedEvent = out(event, credential);
        return blottedEvent.equals(event) ? told : told.withEvent(blottedEvent.getBytes(UTF_8));
    }

    /** The same failure, when it is one that a provider told. */
    static GatewayException out(GatewayException failure, Credential credential) {
        if (failure.providerError().isEmpty()) {
            return failure;
        }
        ProviderError error = failure.providerError().orElseThrow();
        ProviderError told = out(error, credential);
        return told == error ? failure : GatewayException.provider(told).retryAfter(failure.retryAfterSeconds());
    }

    private static String out(String text, Credential credential) {
        String blotted = text;
        for (String secret : credential.secrets()) {
            if (secret.length() >= SHORTEST_SECRET) {
                blotted = blotted.replace(secret, GONE).replace(secret.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"), GONE);
            }
        }
        return LIKE_A_KEY.matcher(blotted).replaceAll(GONE);
    }
}
