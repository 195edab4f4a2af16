package org.sluice.gateway.credential;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.Provider;

/** What the operator's environment holds: {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL} and the like. */
final class OperatorCredentials implements CredentialSource {
    private static final String URL = "_BASE_URL";
    private final Function<String, Optional<String>> variables;
    private final Map<String, Optional<Credential>> credentials = new ConcurrentHashMap<>();
    private final Map<String, Optional<URI>> baseUrls = new ConcurrentHashMap<>();

    /** @param variables the environment by name */
    OperatorCredentials(Function<String, Optional<String>> variables) {
        this.variables = variables;
    }

    /** @throws IllegalStateException when the key holds characters no key has; the message does not hold the key */
    @Override
    public Optional<Credential> find(Provider provider) {
        return credentials.computeIfAbsent(provider.id(), id -> readCredential(provider));
    }

    /** @throws IllegalStateException when it is no usable URL */
    Optional<URI> baseUrl(Provider provider) {
        return baseUrls.computeIfAbsent(provider.id(), id -> readBaseUrl(provider));
    }

    static String keyName(Provider provider) {
        return provider.credentialFields().get(0).variables().get(0);
    }

    static String urlName(Provider provider) {
        return provider.variables(URL).get(0);
    }

    private Optional<Credential> readCredential(Provider provider) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (CredentialField field : provider.credentialFields()) {
            for (String name : field.variables()) {
                value(name).ifPresent(value -> fields.putIfAbsent(field.name(), checkedField(field, name, value)));
            }
            for (String name : field.fileVariables()) {
                value(name).filter(path -> !fields.containsKey(field.name())).ifPresent(path -> fields.put(field.name(), content(name, path)));
            }
        }
        return provider.credential(fields).or(() -> provider.machineCredential(fields));
    }

    /** What the operator's file holds. */
    private static String content(String name, String path) {
        try {
            return Files.readString(Path.of(path)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalStateException(name + " names a file that cannot be read.");
        }
    }

    private static String checkedField(CredentialField field, String name, String value) {
        if (field.name().equals(CredentialField.API_KEY) && !value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalStateException(name + " must hold printable ASCII characters without spaces.");
        }
        return value;
    }

    private Optional<URI> readBaseUrl(Provider provider) {
        for (String name : provider.variables(URL)) {
            Optional<String> value = value(name);
            if (value.isPresent()) {
                return Optional.of(checked(name, value.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> value(String name) {
        return variables.apply(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static URI checked(String name, String text) {
        try {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == '/') {
                end--;
            }
            URI uri = new URI(text.substring(0, end)).parseServerAuthority();
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null
                    && uri.getRawFragment() == null && uri.getPort() != 0 && uri.getPort() <= 65_535) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below: the exception quotes the text, which may hold a password.
        }
        throw new IllegalStateException(name + " must be an http or https URL with a host, without user, query and fragment.");
    }
}
