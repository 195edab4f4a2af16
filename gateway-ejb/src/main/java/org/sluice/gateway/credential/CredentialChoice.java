package org.sluice.gateway.credential;

import java.net.URI;
import java.util.Map;
import org.sluice.gateway.provider.AddressSource;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Provider;

/**
 * A credential that may be used for one call, and where.
 *
 * @param id tells it apart without being it: {@code operator}, {@code stored:17}, {@code request:9f2c01ab}
 * @param name for logs, e.g. the stored key's name; null for the operator's and for a request's own
 * @param owner whose it is: who pays
 * @param baseUrl null when the provider needs none
 * @param weight its share beside the others of the same owner
 * @param source who said where to call; null from a {@link StoredCredentials}, which need not know what is trusted
 */
public record CredentialChoice(String id, String name, Owner owner, Credential credential, URI baseUrl, double weight, AddressSource source) {
    /** In the order in which they win (contract 6.3); {@code docs/credentials.md} repeats it, and a test compares. */
    public enum Owner {
        /** {@code credential_override} for the model. */
        OVERRIDE,
        /** {@code credentials} of the load balance item that was picked. */
        GROUP,
        /** {@code customer_credentials} for the provider. */
        CUSTOMER,
        /** {@code customer_api_keys} for the model. */
        CUSTOMER_KEY,
        /** The organization's stored keys. */
        STORED,
        /** The key of a provider that the organization defined. */
        CUSTOM_PROVIDER,
        /** What the operator has set where the gateway runs. */
        OPERATOR
    }

    /** For a call that nobody will be asked for. */
    public static final CredentialChoice NOBODY = new CredentialChoice(Deployment.OPERATOR, null, Owner.OPERATOR, Credential.None.NONE, null, 1, AddressSource.OPERATOR);

    /** One of an organization's; {@code baseUrl} is the address it brings, or null when it brings none. */
    public CredentialChoice(String id, String name, Owner owner, Credential credential, URI baseUrl, double weight) {
        this(id, name, owner, credential, baseUrl, weight, null);
    }

    /**
     * The model at the provider with this credential. The only way a deployment is made, because it carries on whether the
     * address is trusted.
     */
    public Deployment deployment(Provider provider, String upstreamModel) {
        String model = upstreamModel.isEmpty() ? provider.id() : provider.id() + "/" + upstreamModel;
        String suffix = name != null ? "#" + name : id.equals(Deployment.OPERATOR) ? "" : "#" + id;
        return new Deployment(model + suffix, provider.id(), upstreamModel, baseUrl, source, id, Map.of());
    }

    @Override
    public String toString() {
        return "CredentialChoice[" + id + ", " + owner + "]";
    }
}
