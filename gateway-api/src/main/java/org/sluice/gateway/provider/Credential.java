package org.sluice.gateway.provider;

/** A provider's secret. Never printed: {@code toString} hides it. */
public sealed interface Credential {
    /** For providers that ask for none (a local model server). */
    enum None implements Credential { NONE }

    record ApiKey(String value) implements Credential {
        @Override public String toString() { return "ApiKey[***]"; }
    }

    record AwsKeys(String accessKeyId, String secretAccessKey, String sessionToken, String region) implements Credential {
        @Override public String toString() { return "AwsKeys[***]"; }
    }

    record BearerToken(String value) implements Credential {
        @Override public String toString() { return "BearerToken[***]"; }
    }
}
