package org.sluice.gateway.credential;

import java.util.List;
import org.sluice.gateway.provider.Provider;

/** The credentials an organization has stored, from memory. */
public interface StoredCredentials {
    /**
     * Those of the organization that may be used at the provider for the model: its stored keys (owner STORED), or the key of
     * a provider of its own (CUSTOM_PROVIDER). Keys that are switched off are left out.
     *
     * <p>{@link CredentialChoice#baseUrl} is the address that was stored with the credential, or null when none was.
     *
     * @param model the provider's name of the model, or the one that was asked for
     */
    List<CredentialChoice> of(String organization, Provider provider, String model);

    /** @param id of a {@link CredentialChoice} */
    default boolean isOwnedBy(String organization, String id) {
        return false;
    }

    /** What the owner of a credential says it allows each minute; 0 when nothing was said. */
    record Limits(long requestsPerMinute, long tokensPerMinute) {
        public static final Limits UNKNOWN = new Limits(0, 0);
    }

    /** @param id of a {@link CredentialChoice} */
    default Limits limits(String organization, String id) {
        return Limits.UNKNOWN;
    }
}
