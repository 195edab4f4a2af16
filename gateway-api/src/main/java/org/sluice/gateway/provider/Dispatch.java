package org.sluice.gateway.provider;

import java.util.Objects;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;

/**
 * One call on its way to a provider: what {@link Provider#prepare} makes a request of.
 *
 * @param dialect the one the body is written in, as {@link Provider#dialectFor} chose it
 * @param stream whether an event stream is wanted
 * @param network for a provider that must fetch an access token first
 */
public record Dispatch(Operation operation, Dialect dialect, Deployment deployment, Credential credential, Body body,
        boolean stream, UpstreamLimits limits, Upstream network) {
    public Dispatch {
        Objects.requireNonNull(dialect, "dialect is null");
        Objects.requireNonNull(deployment, "deployment is null");
        Objects.requireNonNull(credential, "credential is null");
    }
}
