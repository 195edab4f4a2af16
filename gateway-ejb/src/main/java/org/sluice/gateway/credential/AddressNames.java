package org.sluice.gateway.credential;

import java.util.Set;
import java.util.regex.Pattern;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.CredentialField;

/**
 * Names under which an address may hide. The one that is understood is {@code api_base} beside a key; any other spelling is
 * refused wherever it stands, so that nobody believes it has an effect and no later reader gives it one.
 */
public final class AddressNames {
    private static final Pattern LIKE_AN_ADDRESS = Pattern.compile("(?i)base|url|endpoint|host");
    /** What Google writes into the JSON of a service account; nobody calls them. */
    private static final Set<String> NEVER_CALLED = Set.of("auth_provider_x509_cert_url", "client_x509_cert_url");
    /** At the top of a body, where a provider's own parameters stand too, only what other gateways and SDKs call it. */
    private static final Set<String> IN_A_BODY = Set.of("api_base", "base_url", "baseurl", "api_base_url", "api_url", "openai_api_base", "azure_endpoint",
            "endpoint_url", "api_endpoint", "aws_bedrock_runtime_endpoint", "vertex_ai_api_base", "custom_host", "api_host");

    private AddressNames() { }

    /** Refuses every such name in the value of a credential's field, at any depth. */
    public static void refuseInside(JsonValue value, String path) {
        if (value instanceof JsonObject object) {
            object.members().forEach((name, inner) -> {
                if (isLikeAnAddress(name) && !NEVER_CALLED.contains(name)) {
                    throw refused(path + "." + name);
                }
                refuseInside(inner, path + "." + name);
            });
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.items().size(); i++) {
                refuseInside(array.items().get(i), path + "[" + i + "]");
            }
        }
    }

    /** Refuses such names among a credential's fields, {@code api_base} excepted. */
    public static void refuseAmong(Set<String> fields, String path) {
        for (String name : fields) {
            if (isLikeAnAddress(name) && !name.equals(CredentialField.API_BASE)) {
                throw refused(path + "." + name);
            }
        }
    }

    /**
     * Refuses such names among parameters.
     *
     * @param known parameters of the gateway, which are none whatever they are called
     * @param isBody whether a provider's own parameters may stand there too
     * @param path of the object, or empty at the top
     */
    public static void refuseParameters(Set<String> names, Set<String> known, boolean isBody, String path) {
        for (String name : names) {
            boolean isRefused = isBody ? IN_A_BODY.contains(name.toLowerCase(java.util.Locale.ROOT)) : !known.contains(name) && isLikeAnAddress(name);
            if (isRefused) {
                throw refused(path.isEmpty() ? name : path + "." + name);
            }
        }
    }

    private static boolean isLikeAnAddress(String name) {
        return LIKE_AN_ADDRESS.matcher(name).find();
    }

    private static GatewayException refused(String param) {
        return GatewayException.of(ErrorType.API_BASE_NOT_ALLOWED, param, ClaimedFields.ADDRESS_REFUSED);
    }
}
