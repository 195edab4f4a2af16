package org.sluice.gateway.credential;

import java.net.URI;
import org.sluice.gateway.provider.Credential;

/**
 * A credential that may be used for one call, and where.
 *
 * @param id tells it apart without being it: {@code operator}, {@code stored:17}, {@code request:9f2c}
 * @param name for logs, e.g. the stored key's name; null for the operator's
 * @param owner whose it is: who pays, and whether its address is trusted
 * @param baseUrl null when the provider needs none
 * @param weight its share beside the others of the same owner
 */
public record CredentialChoice(String id, String name, Owner owner, Credential credential, URI baseUrl, double weight) {
    /** In the order in which they win (contract 6.3). */
    public enum Owner { OVERRIDE, GROUP, CUSTOMER, CUSTOMER_KEY, STORED, CUSTOM_PROVIDER, OPERATOR }
}
