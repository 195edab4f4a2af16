package org.sluice.gateway.health;

/**
 * What health is kept for.
 *
 * @param deployment e.g. {@code openai/gpt-4o} or {@code openai/gpt-4o#second key}
 * @param provider the provider's id; its bulkhead is shared by its deployments; what two organizations define under one name are two
 * @param credential tells credentials apart without being one: {@code operator}, {@code stored:17}, {@code request:9f2c}; one that
 *     begins with {@code request:} came with the request
 */
public record DeploymentKey(String deployment, String provider, String credential) {
    /** The credential that the operator gives. */
    public static final String OPERATOR = "operator";
    private static final String OF_REQUEST = "request:";

    /** Whether the credential came with the request. */
    boolean isOfRequest() {
        return credential.startsWith(OF_REQUEST);
    }
}
