package org.sluice.gateway.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.AddressSource;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.KeyHeader;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;

/**
 * A credential as somebody else than the operator wrote it, field by field, checked against what its provider takes. Unknown
 * fields are refused, not skipped: a mistyped one would let another key pay.
 *
 * @param address what {@code api_base} says, without a trailing slash; null when it says nothing, or nothing that is a URI
 * @param hasAddress whether it says anything
 */
record ClaimedFields(Credential credential, URI address, boolean hasAddress) {
    static final String ADDRESS_REFUSED = "An address without a key beside it, or under a name that is not known, is not used: write it as 'api_base' into the object"
            + " that holds the key for it.";
    private static final int MAX_VALUE = 16 * 1024;

    /**
     * @param path where the fields stand, for errors
     * @throws GatewayException INVALID_VALUE for an unknown, missing or impossible field; API_BASE_NOT_ALLOWED for an address without a key
     */
    static ClaimedFields read(Provider provider, Map<String, String> fields, String path) {
        AddressNames.refuseAmong(fields.keySet(), path);
        Map<String, String> own = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (isTaken(provider, name)) {
                own.put(name, value);
            } else if (!name.equals(CredentialField.API_BASE) || provider instanceof Upstream) {
                throw unknown(provider, name, path);
            }
            check(provider, name, value, path);
        });
        String base = fields.get(CredentialField.API_BASE);
        Map<String, String> withoutAddress = new LinkedHashMap<>(own);
        withoutAddress.remove(CredentialField.API_BASE);
        Optional<Credential> credential = provider.credential(own);
        if (base != null && (withoutAddress.isEmpty() || provider.credential(withoutAddress).isEmpty())) {
            throw GatewayException.of(ErrorType.API_BASE_NOT_ALLOWED, path + "." + CredentialField.API_BASE, ADDRESS_REFUSED);
        }
        return new ClaimedFields(credential.orElseThrow(() -> incomplete(provider, own, path)), base == null ? null : uri(base), base != null);
    }

    /** Stands for an address that is no URI; the top-level domain is reserved for names that do not exist (RFC 2606). */
    private static final URI NO_ADDRESS = URI.create("https://address.invalid");

    /** Where to call, when {@link #hasAddress()}. */
    URI baseUrl() {
        return address == null ? NO_ADDRESS : address;
    }

    /** Who says where to call. */
    AddressSource source(String organization, String path) {
        return hasAddress ? AddressSource.of(organization, path == null ? null : path + "." + CredentialField.API_BASE, address) : AddressSource.OPERATOR;
    }

    private static boolean isTaken(Provider provider, String name) {
        return provider.credentialFields().stream().anyMatch(field -> field.name().equals(name));
    }

    private static void check(Provider provider, String name, String value, String path) {
        boolean isDocument = provider.credentialFields().stream().anyMatch(field -> field.name().equals(name) && field.isDocument());
        if (value.length() > MAX_VALUE) {
            throw GatewayException.invalid(path + "." + name, "'" + path + "." + name + "' is longer than " + MAX_VALUE + " characters.");
        }
        if (isDocument) {
            requireObject(value, path + "." + name);
        } else if (!name.equals(CredentialField.API_BASE) && !KeyHeader.isHeaderText(value)) {
            throw GatewayException.invalid(path + "." + name, "'" + path + "." + name + "' is empty or holds other characters than visible ASCII; a line end at its end is one.");
        }
    }

    private static void requireObject(String value, String path) {
        JsonObject document;
        try {
            document = JsonReader.readObject(value.getBytes(UTF_8));
        } catch (GatewayException notAnObject) {
            throw GatewayException.invalid(path, "'" + path + "' is not a JSON object, nor the text of one.");
        }
        AddressNames.refuseInside(document, path);
    }

    private static GatewayException unknown(Provider provider, String name, String path) {
        String known = String.join(", ", provider.credentialFields().stream().map(CredentialField::name).toList());
        return GatewayException.invalid(path + "." + name, "The provider '" + provider.id() + "' has no credential field of this name. It takes: " + known
                + (provider instanceof Upstream || known.contains(CredentialField.API_BASE) ? "." : ", api_base."));
    }

    private static GatewayException incomplete(Provider provider, Map<String, String> fields, String path) {
        String missing = provider.credentialFields().stream().filter(field -> field.isNeeded() && !fields.containsKey(field.name()))
                .map(CredentialField::name).findFirst().orElse(null);
        String where = missing == null ? path : path + "." + missing;
        return GatewayException.invalid(where, "The credential for the provider '" + provider.id() + "' is not complete. Its fields are: "
                + String.join(", ", provider.credentialFields().stream().map(CredentialField::name).toList()) + ".");
    }

    private static URI uri(String text) {
        try {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == '/') {
                end--;
            }
            return new URI(text.substring(0, end));
        } catch (URISyntaxException notOne) {
            return null;
        }
    }
}
