package org.sluice.gateway.integration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.Provider;

/**
 * What of a credential may be shown: of a key the first four and the last four characters, if that leaves most of it hidden;
 * of secrets that are not keys nothing; fields that are no secrets whole.
 */
public final class KeyMask {
    /** Stands for what is not shown. No key holds it, so that a mask is never taken for a key. */
    public static final String HIDDEN = "…";
    private static final int SHOWN = 4;
    private static final int SHORTEST_WITH_END = 12;
    private static final int SHORTEST_WITH_BOTH = 20;
    private static final Set<String> KEYS = Set.of(CredentialField.API_KEY, "aws_access_key_id");

    private KeyMask() { }

    /** Values by field, in the order of the names. */
    public static Map<String, String> of(Provider provider, Map<String, String> fields) {
        List<String> secrets = provider.credential(fields).map(Credential::secrets).orElseGet(() -> List.copyOf(fields.values()));
        Map<String, String> shown = new TreeMap<>();
        fields.forEach((name, value) -> shown.put(name, KEYS.contains(name) ? of(value) : secrets.contains(value) ? HIDDEN : value));
        return shown;
    }

    /** Null stays null. */
    public static String of(String key) {
        if (key == null || key.length() < SHORTEST_WITH_END) {
            return key == null ? null : HIDDEN;
        }
        String end = HIDDEN + key.substring(key.length() - SHOWN);
        return key.length() < SHORTEST_WITH_BOTH ? end : key.substring(0, SHOWN) + end;
    }
}
