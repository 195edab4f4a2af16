package org.sluice.gateway.ingress;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Set;

/**
 * Asks every management request for a key and notes who holds it as {@value #CALLER}. Completions are authenticated by
 * {@link Ingress}, which both doors share; the few public paths need no key.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter {
    public static final String CALLER = "gateway.caller";
    private static final Set<String> OPEN = Set.of("api/health-check", "api/models/public", "api/chat/completions", "api/responses",
            "api/anthropic/v1/messages", "api/anthropic/v1/messages/count_tokens");
    private static final List<String> OPEN_BELOW = List.of("api/google/");
    @Inject ExchangeAuthenticator authenticator;
    @Context HttpServletRequest connection;

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath().replaceAll("^/+|/+$", "");
        if (!OPEN.contains(path) && !EndpointPaths.isOne(path) && OPEN_BELOW.stream().noneMatch(path::startsWith)) {
            request.setProperty(CALLER, authenticator.authenticate(name -> request.getHeaders().getOrDefault(name, List.of()),
                    request.getUriInfo().getRequestUri().getRawQuery(), connection.getRemoteAddr()));
        }
    }
}
