package org.sluice.gateway.provider;

import java.util.Map;
import java.util.TreeMap;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Shows a key in a header of a request, the most common way to be authorised. */
public final class KeyHeader {
    private KeyHeader() { }

    /** {@code Authorization: Bearer ...}. */
    public static UpstreamRequest bearer(UpstreamRequest request, String provider, Credential credential) {
        return put(request, provider, credential, "Authorization", "Bearer ");
    }

    /**
     * The request with the key in a header, whatever stood there before; unchanged for {@link Credential.None}.
     *
     * @param provider named in the message when the credential is of another kind or no key can look like it
     */
    public static UpstreamRequest put(UpstreamRequest request, String provider, Credential credential, String header, String prefix) {
        if (credential instanceof Credential.None) {
            return request;
        }
        String key = keyOf(credential);
        if (key == null || !isHeaderText(key)) {
            throw new GatewayException(ErrorType.NO_TARGET, "The API key for provider " + provider
                    + " is missing, empty or holds characters that no key has; store it again.");
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        headers.put(header, prefix + key);
        return request.withHeaders(headers);
    }

    /** The key or token that a credential consists of or holds; null when it is of another kind. */
    public static String keyOf(Credential credential) {
        return credential instanceof Credential.ApiKey apiKey ? apiKey.value()
                : credential instanceof Credential.BearerToken token ? token.value()
                : credential instanceof Credential.Fields fields ? fields.get(CredentialField.API_KEY) : null;
    }

    /** Whether a header can carry it: visible ASCII, not empty. */
    public static boolean isHeaderText(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }
}
