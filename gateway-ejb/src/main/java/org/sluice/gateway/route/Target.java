package org.sluice.gateway.route;

import java.util.Objects;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Provider;

/**
 * A deployment with the credential chosen for this call.
 *
 * @param dialect the one the provider is asked in
 * @param model what the catalogue knows of it, or null
 */
public record Target(Provider provider, Dialect dialect, Deployment deployment, Credential credential, Model model) {
    public Target {
        Objects.requireNonNull(provider, "provider is null");
        Objects.requireNonNull(dialect, "dialect is null");
        Objects.requireNonNull(deployment, "deployment is null");
        Objects.requireNonNull(credential, "credential is null");
    }
}
