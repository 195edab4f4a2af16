package org.sluice.gateway.ingress;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other spellings of a path, as clients in the field use them (contract 1.1). */
@Provider
@PreMatching
public class PathAliases implements ContainerRequestFilter {
    private static final Map<String, String> ALIASES = Map.of(
            "chat/completions", "api/chat/completions", "api/v1/chat/completions", "api/chat/completions",
            "api/v1/models", "api/models", "api/v1/responses", "api/responses");
    private static final String VERSIONED_RESPONSE = "api/v1/responses/";
    private static final Pattern UNVERSIONED = Pattern.compile("api/anthropic/(?!v1/)(.+)");

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        String trimmed = path.replaceAll("^/+|/+$", "");
        String target = trimmed.startsWith(VERSIONED_RESPONSE) ? "api/responses/" + trimmed.substring(VERSIONED_RESPONSE.length()) : ALIASES.get(trimmed);
        target = target == null ? versioned(trimmed) : target;
        target = target == null ? EndpointPaths.unversioned(trimmed) : target;
        if (target != null) {
            request.setRequestUri(request.getUriInfo().getBaseUriBuilder().path(target)
                    .replaceQuery(request.getUriInfo().getRequestUri().getRawQuery()).build());
        }
    }

    /** Anthropic's clients put the version behind the base URL; some users of the proxy leave it out. */
    private static String versioned(String path) {
        Matcher matcher = UNVERSIONED.matcher(path);
        return matcher.matches() ? "api/anthropic/v1/" + matcher.group(1) : null;
    }
}
