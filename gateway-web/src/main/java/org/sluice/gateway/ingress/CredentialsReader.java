package org.sluice.gateway.ingress;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.sluice.gateway.call.RequestCredentials;
import org.sluice.gateway.call.RequestCredentials.Customer;
import org.sluice.gateway.credential.AddressNames;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.provider.CredentialField;

/**
 * Reads the credentials a call brings (contract 6): shapes and names are checked here, fields where it is known whose they are.
 * What is refused is told by its path; a value never.
 */
final class CredentialsReader {
    private static final String CUSTOMERS = "customer_credentials";
    private static final String OVERRIDES = "credential_override";
    private static final String KEYS = "customer_api_keys";
    private static final String MODEL_NAMES = "model_name_map";
    private static final Set<String> ENTRY = Set.of("credentials", "weight", "available_models", "exclude_models");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9@][A-Za-z0-9._:@/+-]{0,199}");
    private static final int MOST = 64;
    private static final double HEAVIEST = 1e9;

    private CredentialsReader() { }

    /** @param merged the gateway's parameters, nulls taken out */
    static RequestCredentials read(Map<String, JsonValue> merged) {
        JsonValue customers = merged.get(CUSTOMERS);
        JsonValue overrides = merged.get(OVERRIDES);
        JsonValue keys = merged.get(KEYS);
        JsonValue modelNames = merged.get(MODEL_NAMES);
        if (customers == null && overrides == null && keys == null && modelNames == null) {
            return RequestCredentials.NONE;
        }
        return new RequestCredentials(overrides(overrides), customers(customers), keys(keys), modelNames(modelNames));
    }

    private static Map<String, Map<String, String>> overrides(JsonValue value) {
        Map<String, Map<String, String>> overrides = new LinkedHashMap<>();
        if (value != null) {
            bounded(object(value, OVERRIDES), OVERRIDES).members().forEach((model, fields) -> overrides.put(model, fields(fields, OVERRIDES + "." + model)));
        }
        return overrides;
    }

    private static List<Customer> customers(JsonValue value) {
        List<Customer> customers = new ArrayList<>();
        if (value instanceof JsonArray list) {
            for (int i = 0; i < list.items().size(); i++) {
                String path = CUSTOMERS + "[" + i + "]";
                addShare(customers, null, list.items().get(i), path);
            }
        } else if (value != null) {
            object(value, CUSTOMERS).members().forEach((provider, of) -> {
                String path = CUSTOMERS + "." + provider;
                if (of instanceof JsonArray shares) {
                    for (int i = 0; i < shares.items().size(); i++) {
                        addShare(customers, provider, shares.items().get(i), path + "[" + i + "]");
                    }
                } else if (!of.isNull()) {
                    customers.add(new Customer(provider, fields(of, path), 1, Set.of(), Set.of(), path));
                }
            });
        }
        if (customers.size() > MOST) {
            throw GatewayException.invalid(CUSTOMERS, "'" + CUSTOMERS + "' holds more than " + MOST + " credentials.");
        }
        return customers;
    }

    /** @param provider whose it is, or null when it says so itself */
    private static void addShare(List<Customer> customers, String provider, JsonValue value, String path) {
        JsonObject share = object(value, path);
        share.members().keySet().stream().filter(name -> !ENTRY.contains(name)).findFirst().ifPresent(name -> {
            AddressNames.refuseAmong(Set.of(name), path);
            throw GatewayException.invalid(path + "." + name, "'" + path + "' holds 'credentials', 'weight', 'available_models' and 'exclude_models', nothing else.");
        });
        double weight = weight(share.present("weight"), path + ".weight");
        Set<String> available = names(share.present("available_models"), path + ".available_models");
        Set<String> excluded = names(share.present("exclude_models"), path + ".exclude_models");
        JsonValue credentials = share.present("credentials");
        if (credentials == null) {
            throw GatewayException.invalid(path + ".credentials", "'" + path + "' has no 'credentials'.");
        }
        if (provider != null) {
            customers.add(new Customer(provider, fields(credentials, path + ".credentials"), weight, available, excluded, path + ".credentials"));
            return;
        }
        object(credentials, path + ".credentials").members().forEach((named, fields) -> {
            String at = path + ".credentials." + named;
            customers.add(new Customer(named, fields(fields, at), weight, available, excluded, at));
        });
    }

    /** An object of fields, or a plain string, which is a key. */
    private static Map<String, String> fields(JsonValue value, String path) {
        if (value.asText() != null) {
            return Map.of(CredentialField.API_KEY, field(value, path));
        }
        JsonObject object = bounded(object(value, path), path);
        AddressNames.refuseAmong(object.members().keySet(), path);
        Map<String, String> fields = new LinkedHashMap<>();
        object.members().forEach((name, field) -> {
            if (!field.isNull()) {
                fields.put(name, field(field, path + "." + name));
            }
        });
        if (fields.isEmpty()) {
            throw GatewayException.invalid(path, "'" + path + "' holds no credential.");
        }
        return fields;
    }

    /** A string; an object (a service account) is kept as its text. */
    private static String field(JsonValue field, String path) {
        if (field instanceof JsonObject document) {
            AddressNames.refuseInside(document, path);
            return document.raw().text();
        }
        String text = field.asText();
        if (text == null || text.isEmpty()) {
            throw GatewayException.invalid(path, "'" + path + "' is not a string, or is empty.");
        }
        return text;
    }

    private static Map<String, String> keys(JsonValue value) {
        Map<String, String> keys = new LinkedHashMap<>();
        if (value != null) {
            bounded(object(value, KEYS), KEYS).members().forEach((model, key) -> keys.put(model, field(key, KEYS + "." + model)));
        }
        return keys;
    }

    private static Map<String, String> modelNames(JsonValue value) {
        Map<String, String> names = new LinkedHashMap<>();
        if (value != null) {
            bounded(object(value, MODEL_NAMES), MODEL_NAMES).members().forEach((model, name) -> names.put(model, modelName(name, MODEL_NAMES + "." + model)));
        }
        return names;
    }

    private static String modelName(JsonValue value, String path) {
        String name = value.asText();
        if (name != null && (name.contains("//") || name.contains("\\"))) {
            throw GatewayException.of(ErrorType.API_BASE_NOT_ALLOWED, path, "'" + path + "' is an address; it must be a model's name.");
        }
        if (name == null || !MODEL.matcher(name).matches() || name.contains("..") || name.endsWith("/")) {
            throw GatewayException.invalid(path, "'" + path + "' is not a model's name.");
        }
        return name;
    }

    private static double weight(JsonValue value, String path) {
        if (value == null) {
            return 1;
        }
        double weight = value instanceof JsonNumber number ? number.decimal().doubleValue() : 0;
        if (!(weight > 0 && weight <= HEAVIEST)) {
            throw GatewayException.invalid(path, "'" + path + "' is not a number above 0, at most 1e9.");
        }
        return weight;
    }

    private static Set<String> names(JsonValue value, String path) {
        Set<String> names = new HashSet<>();
        if (value != null) {
            if (!(value instanceof JsonArray array) || array.items().stream().anyMatch(item -> item.asText() == null)) {
                throw GatewayException.invalid(path, "'" + path + "' is not a list of model names.");
            }
            array.items().forEach(item -> names.add(item.asText()));
        }
        return names;
    }

    private static JsonObject object(JsonValue value, String path) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw GatewayException.invalid(path, "'" + path + "' is not an object.");
    }

    private static JsonObject bounded(JsonObject object, String path) {
        if (object.members().size() > MOST) {
            throw GatewayException.invalid(path, "'" + path + "' holds more than " + MOST + " members.");
        }
        return object;
    }
}
