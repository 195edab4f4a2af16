package org.sluice.gateway.ingress;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** The request id on every answer of a resource that has not set one itself, and headers that keep browsers careful. */
@Provider
public class AnswerHeaders implements ContainerResponseFilter {
    static final String REQUEST_ID = "X-Respan-Gateway-Request-Id";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!response.getHeaders().containsKey(REQUEST_ID)) {
            response.getHeaders().putSingle(REQUEST_ID, CallIds.next(System.currentTimeMillis()).toString());
        }
        response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
    }
}
