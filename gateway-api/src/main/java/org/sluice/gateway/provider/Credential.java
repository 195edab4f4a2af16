package org.sluice.gateway.provider;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** A provider's secret. Never printed: {@code toString} hides it. */
public sealed interface Credential {
    /** What must never come out, for instance in an error in which the provider repeats it. */
    List<String> secrets();

    /** For providers that ask for none (a local model server). */
    enum None implements Credential {
        NONE;

        @Override public List<String> secrets() { return List.of(); }
    }

    record ApiKey(String value) implements Credential {
        @Override public List<String> secrets() { return List.of(value); }
        @Override public String toString() { return "ApiKey[***]"; }
    }

    /** @param sessionToken of temporary keys, or null */
    record AwsKeys(String accessKeyId, String secretAccessKey, String sessionToken, String region) implements Credential {
        @Override public List<String> secrets() { return Stream.of(secretAccessKey, sessionToken).filter(Objects::nonNull).toList(); }
        @Override public String toString() { return "AwsKeys[***]"; }
    }

    record BearerToken(String value) implements Credential {
        @Override public List<String> secrets() { return List.of(value); }
        @Override public String toString() { return "BearerToken[***]"; }
    }

    /**
     * Several named fields, for providers that need more than a key: an address, a version, a project.
     *
     * @param open names of the fields that are no secrets and may stand in an error
     */
    record Fields(Map<String, String> values, Set<String> open) implements Credential {
        public Fields {
            values = Map.copyOf(values);
            open = Set.copyOf(open);
        }

        public Fields(Map<String, String> values) {
            this(values, Set.of());
        }

        /** The field's value, or null. */
        public String get(String name) {
            return values.get(name);
        }

        @Override public List<String> secrets() {
            return values.entrySet().stream().filter(field -> !open.contains(field.getKey())).map(Map.Entry::getValue).toList();
        }

        @Override public String toString() { return "Fields[***]"; }
    }
}
