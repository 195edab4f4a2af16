package org.sluice.gateway.ingress;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/** Other spellings of a path, as clients in the field use them (contract 1.1). */
@Provider
@PreMatching
public class PathAliases implements ContainerRequestFilter {
    private static final Map<String, String> ALIASES = Map.of(
            "chat/completions", "api/chat/completions", "api/v1/chat/completions", "api/chat/completions",
            "api/v1/models", "api/models", "api/v1/responses", "api/responses");
    private static final String VERSIONED_RESPONSE = "api/v1/responses/";

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        String trimmed = path.replaceAll("^/+|/+$", "");
        String target = trimmed.startsWith(VERSIONED_RESPONSE) ? "api/responses/" + trimmed.substring(VERSIONED_RESPONSE.length())
                : ALIASES.getOrDefault(trimmed, EndpointPaths.unversioned(trimmed));
        if (target != null) {
            request.setRequestUri(request.getUriInfo().getBaseUriBuilder().path(target)
                    .replaceQuery(request.getUriInfo().getRequestUri().getRawQuery()).build());
        }
    }
}
