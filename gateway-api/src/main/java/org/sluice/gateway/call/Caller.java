package org.sluice.gateway.call;

/**
 * Who holds the API key.
 *
 * @param keyId the key's row
 * @param keyPrefix the public first part of the key
 * @param keyName the key's name, or null
 * @param organization the tenant's id
 * @param environment {@code prod} or {@code test}: it comes from the key alone
 */
public record Caller(long keyId, String keyPrefix, String keyName, String organization, String environment) {}
