package org.sluice.gateway.ingress;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.LinkedHashMap;
import java.util.Map;

/** The request id on every answer of a resource that has not set one itself, and headers that keep browsers careful. */
@Provider
public class AnswerHeaders implements ContainerResponseFilter {
    private static final String LOG_ID = "X-Respan-Log-Id";
    private static final String REQUEST_ID = "X-Respan-Gateway-Request-Id";

    /** What every answer about a call carries; may be added to. */
    static Map<String, String> of(String callId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(LOG_ID, callId);
        headers.put(REQUEST_ID, callId);
        return headers;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!response.getHeaders().containsKey(REQUEST_ID)) {
            response.getHeaders().putSingle(REQUEST_ID, CallIds.next(System.currentTimeMillis()).toString());
        }
        response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
    }
}
