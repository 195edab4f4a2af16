package org.sluice.gateway.integration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Which credentials are no longer what they were, so that what is known of them is forgotten. */
final class ChangedCredentials {
    private ChangedCredentials() { }

    /** Ids as in {@link org.sluice.gateway.credential.CredentialChoice#id()}; those that are new are not among them. */
    static Set<String> between(Connected before, Connected now) {
        Map<String, Object> old = secrets(before);
        Map<String, Object> current = secrets(now);
        return old.keySet().stream().filter(id -> !Objects.equals(old.get(id), current.get(id))).collect(Collectors.toSet());
    }

    private static Map<String, Object> secrets(Connected connected) {
        Map<String, Object> secrets = new HashMap<>();
        connected.keys().values().stream().flatMap(List::stream).forEach(key -> secrets.put(OrganizationCredentials.STORED + key.id(), key.fields()));
        connected.providers().values().stream().flatMap(List::stream).forEach(own ->
                secrets.put(OrganizationCredentials.OWN_PROVIDER + own.id(), List.of(String.valueOf(own.apiKey()), own.baseUrl())));
        return secrets;
    }
}
