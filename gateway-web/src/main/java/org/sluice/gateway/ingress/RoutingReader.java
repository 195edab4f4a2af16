package org.sluice.gateway.ingress;

import java.util.Map;
import org.sluice.gateway.call.Routing;
import org.sluice.gateway.json.JsonValue;

/** Reads who shall answer a call: fallbacks, retries, load balancing, router (contract 4). */
final class RoutingReader {
    private RoutingReader() { }

    /** @param merged the gateway's parameters, nulls taken out */
    static Routing read(Map<String, JsonValue> merged) {
        return Routing.NONE;
    }
}
