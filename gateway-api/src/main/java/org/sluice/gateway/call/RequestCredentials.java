package org.sluice.gateway.call;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The credentials one request brings (contract 6), checked. They are used for this call and kept nowhere. Never printed.
 *
 * @param overrides {@code credential_override}: fields by the model's name exactly as requested
 * @param customers {@code customer_credentials} in any of its forms
 * @param keys {@code customer_api_keys}: key by model
 * @param modelNames {@code model_name_map}: the provider's name by the model's name exactly as requested
 */
public record RequestCredentials(Map<String, Map<String, String>> overrides, List<Customer> customers,
        Map<String, String> keys, Map<String, String> modelNames) {
    public static final RequestCredentials NONE = new RequestCredentials(Map.of(), List.of(), Map.of(), Map.of());

    public RequestCredentials {
        overrides = Map.copyOf(overrides);
        customers = List.copyOf(customers);
        keys = Map.copyOf(keys);
        modelNames = Map.copyOf(modelNames);
    }

    /**
     * @param provider id, alias or prefix
     * @param fields the credential's, by name
     * @param weight its share, above 0
     * @param availableModels the only ones it is for, or empty for all
     * @param excludedModels those it is not for
     * @param path where its fields stand in the request, for errors, e.g. {@code customer_credentials.openai}
     */
    public record Customer(String provider, Map<String, String> fields, double weight, Set<String> availableModels, Set<String> excludedModels, String path) {
        public Customer {
            fields = Map.copyOf(fields);
            availableModels = Set.copyOf(availableModels);
            excludedModels = Set.copyOf(excludedModels);
        }

        @Override
        public String toString() {
            return "Customer[" + provider + ", ***]";
        }
    }

    @Override
    public String toString() {
        return "RequestCredentials[***]";
    }
}
