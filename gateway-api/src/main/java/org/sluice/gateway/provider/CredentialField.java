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

    public CredentialField(String name, List<String> variables, boolean isNeeded) {
        this(name, variables, isNeeded, List.of());
    }

    public CredentialField {
        Objects.requireNonNull(name, "name is null");
        variables = List.copyOf(variables);
        fileVariables = List.copyOf(fileVariables);
    }
}
