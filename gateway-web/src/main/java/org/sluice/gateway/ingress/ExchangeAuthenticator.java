package org.sluice.gateway.ingress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Function;
import org.sluice.gateway.apikey.ApiKeyAuthenticator;
import org.sluice.gateway.apikey.PresentedKey;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.meter.CallMeter;

/** Finds the key a request shows, wherever it stands, and who holds it. The one way in for every door. */
@ApplicationScoped
public class ExchangeAuthenticator {
    @Inject ApiKeyAuthenticator keys;
    @Inject CallMeter meter;

    /**
     * @param headers all values of a header by its name
     * @param rawQuery the query as it was sent, or null
     * @throws GatewayException AUTHENTICATION, AUTH_UNAVAILABLE, or INVALID_VALUE for two different keys
     */
    Caller authenticate(Function<String, List<String>> headers, String rawQuery) {
        try {
            return keys.authenticate(PresentedKey.read(headers, rawQuery));
        } catch (GatewayException e) {
            if (e.type() == ErrorType.AUTHENTICATION) {
                meter.refusedKey();
            }
            throw e;
        }
    }
}
