package org.sluice.gateway.ingress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Function;
import org.sluice.gateway.apikey.ApiKeyAuthenticator;
import org.sluice.gateway.apikey.PresentedKey;
import org.sluice.gateway.apikey.RefusalLimit;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.meter.CallMeter;

/**
 * Finds the key a request shows, wherever it stands, and who holds it. The one way in for every door. The key is looked at
 * first and the limit of refusals after it: nobody can lock out the valid keys of an address, such as a proxy's, by wrong ones.
 */
@ApplicationScoped
public class ExchangeAuthenticator {
    @Inject ApiKeyAuthenticator keys;
    @Inject RefusalLimit limit;
    @Inject CallMeter meter;

    /**
     * @param headers all values of a header by its name
     * @param rawQuery the query as it was sent, or null
     * @param address the client's, textual
     * @throws GatewayException AUTHENTICATION, RATE_LIMIT after too many of these, AUTH_UNAVAILABLE, or INVALID_VALUE for
     *     two different keys
     */
    Caller authenticate(Function<String, List<String>> headers, String rawQuery, String address) {
        try {
            return keys.authenticate(PresentedKey.read(headers, rawQuery));
        } catch (GatewayException e) {
            if (e.type() == ErrorType.AUTHENTICATION) {
                meter.refusedKey();
                requireFew(address);
            }
            throw e;
        }
    }

    private void requireFew(String address) {
        int seconds = limit.refused(address);
        if (seconds > 0) {
            throw new GatewayException(ErrorType.RATE_LIMIT, "Too many requests without a valid API key came from your address; check the key.")
                    .retryAfter(seconds);
        }
    }
}
