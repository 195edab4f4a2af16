package org.sluice.gateway.credential;

import java.util.Optional;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Provider;

/** One place a provider's credential may come from. The order of places is the security rule, so the set is closed. */
sealed interface CredentialSource permits OperatorCredentials {
    /** The credential, or empty when this place has none for the provider. */
    Optional<Credential> find(Provider provider);
}
