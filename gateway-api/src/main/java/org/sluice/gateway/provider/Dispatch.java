package org.sluice.gateway.provider;

import java.util.Map;
import java.util.Objects;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;

/**
 * One call on its way to a provider: what {@link Provider#prepare} makes a request of.
 *
 * @param dialect the one the body is written in, as {@link Provider#dialectFor} chose it
 * @param stream whether an event stream is wanted
 * @param network for a provider that must fetch an access token first
 * @param clientHeaders what the client asks to be sent on, by lower-case name: its dialect's own headers to a provider of the
 *     same dialect, and {@code extra_headers}. They are added to the request in any case; a provider reads them that wants
 *     one elsewhere
 * @param losses told of what is left out
 */
public record Dispatch(Operation operation, Dialect dialect, Deployment deployment, Credential credential, Body body,
        boolean stream, UpstreamLimits limits, Upstream network, Map<String, String> clientHeaders, Losses losses) {
    public Dispatch {
        Objects.requireNonNull(dialect, "dialect is null");
        Objects.requireNonNull(deployment, "deployment is null");
        Objects.requireNonNull(credential, "credential is null");
        clientHeaders = Map.copyOf(clientHeaders);
    }

    public Dispatch(Operation operation, Dialect dialect, Deployment deployment, Credential credential, Body body,
            boolean stream, UpstreamLimits limits, Upstream network) {
        this(operation, dialect, deployment, credential, body, stream, limits, network, Map.of(), new Losses(false));
    }
}
