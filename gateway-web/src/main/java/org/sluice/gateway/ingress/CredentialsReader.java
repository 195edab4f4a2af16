package org.sluice.gateway.ingress;

import java.util.Map;
import org.sluice.gateway.call.RequestCredentials;
import org.sluice.gateway.json.JsonValue;

/** Reads the credentials a call brings (contract 6). */
final class CredentialsReader {
    private CredentialsReader() { }

    /** @param merged the gateway's parameters, nulls taken out */
    static RequestCredentials read(Map<String, JsonValue> merged) {
        return RequestCredentials.NONE;
    }
}
