package org.sluice.gateway.integration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.KeyHeader;
import org.sluice.gateway.provider.Provider;

/** Reads a credential as a request brings it, and checks it by what its provider asks for. No message holds a value. */
public final class CredentialFields {
    private static final int LONGEST = 16_384;

    private CredentialFields() { }

    /**
     * @param given an object of the provider's fields; a field that is a document may be an object itself
     * @param param where it stands, for errors
     * @return values by field, without empty ones
     * @throws GatewayException INVALID_VALUE, API_BASE_NOT_ALLOWED for an address that is none of the provider's
     */
    public static Map<String, String> read(Provider provider, JsonValue given, String param) {
        if (!(given instanceof JsonObject object)) {
            throw GatewayException.invalid(param, "'" + param + "' is an object of " + known(provider) + ".");
        }
        List<String> names = provider.credentialFields().stream().map(CredentialField::name).toList();
        Map<String, String> fields = new LinkedHashMap<>();
        object.members().forEach((name, value) -> {
            String at = param + "." + name;
            if (!names.contains(name)) {
                throw GatewayException.invalid(at, "The credential of the provider '" + provider.id() + "' has no such field; it has " + known(provider) + ".");
            }
            String text = value instanceof JsonObject document ? document.raw().text() : value.isNull() ? "" : value.asText();
            if (text == null || text.length() > LONGEST || isKey(name) && !text.isEmpty() && !KeyHeader.isHeaderText(text)) {
                throw GatewayException.invalid(at, "'" + at + "' is a text of visible ASCII characters, as the provider gave it; a masked one is not taken back.");
            }
            if (text.contains(KeyMask.HIDDEN)) {
                throw GatewayException.invalid(at, "'" + at + "' is masked; give the whole credential again, or leave it out to keep the stored one.");
            }
            if (!text.isEmpty()) {
                fields.put(name, text);
            }
        });
        checkAddress(provider, provider.credential(fields).orElseThrow(() -> GatewayException.invalid(param, "The provider '" + provider.id()
                + "' cannot be called with these fields alone; it has " + known(provider) + ".")), param);
        return fields;
    }

    /** The provider itself says whether the address in a credential, or what it is made of, is one of its own. */
    private static void checkAddress(Provider provider, Credential credential, String param) {
        try {
            provider.baseUrl(credential);
        } catch (GatewayException e) {
            throw GatewayException.of(e.type() == ErrorType.API_BASE_NOT_ALLOWED ? e.type() : ErrorType.INVALID_VALUE, param, e.getMessage());
        }
    }

    private static boolean isKey(String name) {
        return name.equals(CredentialField.API_KEY);
    }

    private static String known(Provider provider) {
        return provider.credentialFields().stream().map(CredentialField::name).collect(Collectors.joining(", "));
    }
}
