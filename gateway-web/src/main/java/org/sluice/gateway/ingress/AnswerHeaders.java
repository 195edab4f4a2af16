package org.sluice.gateway.ingress;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sluice.gateway.dialect.Dialect;

/** The request id on every answer of a resource that has not set one itself, and headers that keep browsers careful. */
@Provider
public class AnswerHeaders implements ContainerResponseFilter {
    private static final String LOG_ID = "X-Respan-Log-Id";
    private static final String REQUEST_ID = "X-Respan-Gateway-Request-Id";
    @Inject DialectOfPath dialects;

    /** What every answer about a call carries; may be added to. */
    static Map<String, String> of(Dialect dialect, String callId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(LOG_ID, callId);
        headers.put(REQUEST_ID, callId);
        if (dialect.requestIdHeader() != null) {
            headers.put(dialect.requestIdHeader(), callId);
        }
        return headers;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!response.getHeaders().containsKey(REQUEST_ID)) {
            String id = CallIds.next(System.currentTimeMillis()).toString();
            String ofDialect = dialects.of(request.getUriInfo().getRequestUri().getRawPath()).requestIdHeader();
            response.getHeaders().putSingle(REQUEST_ID, id);
            if (ofDialect != null) {
                response.getHeaders().putSingle(ofDialect, id);
            }
        }
        response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
    }
}
