package org.sluice.gateway.provider;

import java.util.List;
import java.util.Objects;

/**
 * One field of a provider's credential, as {@code customer_credentials} names it (contract 6.1).
 *
 * @param name wire name, e.g. {@code api_key}, {@code aws_region_name}
 * @param variables environment names in which the operator may set it, the first that is set holds
 * @param isNeeded whether the provider cannot be called without it
 * @param fileVariables environment names in which the operator may name a file that holds it; never a caller
 */
public record CredentialField(String name, List<String> variables, boolean isNeeded, List<String> fileVariables) {
    public static final String API_KEY = "api_key";
    /** Where to call; the one field that holds an address. A request may bring it for every provider with a network. */
    public static final String API_BASE = "api_base";

    public CredentialField(String name, List<String> variables, boolean isNeeded) {
        this(name, variables, isNeeded, List.of());
    }

    public CredentialField {
        Objects.requireNonNull(name, "name is null");
        variables = List.copyOf(variables);
        fileVariables = List.copyOf(fileVariables);
    }

    /** Whether it is a JSON document and not a word: it may have several lines, and a file may hold it. */
    public boolean isDocument() {
        return !fileVariables.isEmpty();
    }
}
