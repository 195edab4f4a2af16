package org.sluice.gateway.credential;

import java.util.List;
import org.sluice.gateway.provider.Provider;

/** The credentials an organization has stored, from memory. */
public interface StoredCredentials {
    /**
     * Those of the organization that may be used at the provider for the model: its stored keys (owner STORED), or the key of
     * a provider of its own (CUSTOM_PROVIDER). Keys that are switched off are left out.
     *
     * @param model the model's name exactly as requested
     */
    List<CredentialChoice> of(String organization, Provider provider, String model);

    /** @param id of a {@link CredentialChoice} */
    default boolean isOwnedBy(String organization, String id) {
        return false;
    }
}
