package org.sluice.gateway.route;

import java.util.Objects;
import org.sluice.gateway.credential.CredentialChoice.Owner;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Provider;

/**
 * A deployment with the credential chosen for this call.
 *
 * @param dialect the one the provider is asked in
 * @param model what the catalogue knows of it, or null
 * @param requested the name by which it was asked for
 * @param key what its health is kept for
 * @param owner whose the credential is
 */
public record Target(Provider provider, Dialect dialect, Deployment deployment, Credential credential, Model model,
        String requested, DeploymentKey key, Owner owner) {
    public Target {
        Objects.requireNonNull(provider, "provider is null");
        Objects.requireNonNull(dialect, "dialect is null");
        Objects.requireNonNull(deployment, "deployment is null");
        Objects.requireNonNull(credential, "credential is null");
        Objects.requireNonNull(key, "key is null");
    }

    /** With the operator's credential, asked for by the deployment's name. */
    public Target(Provider provider, Dialect dialect, Deployment deployment, Credential credential, Model model) {
        this(provider, dialect, deployment, credential, model, deployment.id(), new DeploymentKey(deployment.id(), provider.id(), "operator"), Owner.OPERATOR);
    }

    /** The credential came with the call: nobody else's takes its place when it is refused. */
    public boolean isCallersCredential() {
        return switch (owner) {
            case OVERRIDE, GROUP, CUSTOMER, CUSTOMER_KEY -> true;
            case STORED, CUSTOM_PROVIDER, OPERATOR -> false;
        };
    }

    /** Tokens that fit, or 0 when that is not known. */
    public long contextWindow() {
        return model == null ? 0 : Math.max(0, model.contextWindow());
    }
}
