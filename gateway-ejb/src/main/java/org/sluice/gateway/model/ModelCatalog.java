package org.sluice.gateway.model;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.provider.Provider;

/** All known models. Making the bean fails with an {@link IllegalStateException} when a file is wrong. */
@ApplicationScoped
public class ModelCatalog {
    @Inject GatewayConfig config;
    @Inject @Any Instance<Provider> providers;

    private Map<String, ProviderModels> byProvider = Map.of();
    private List<Model> all = List.of();

    @PostConstruct
    void load() {
        load(providers.stream().map(Provider::id).toList(), config.modelFile());
    }

    /** For tests: the built-in catalogue with an operator's file laid over it. */
    public static ModelCatalog of(Optional<Path> operatorFile) {
        ModelCatalog catalog = new ModelCatalog();
        catalog.load(List.of(), operatorFile);
        return catalog;
    }

    /** @param providerIds providers that may have a file beside those of the index */
    private void load(Collection<String> providerIds, Optional<Path> operatorFile) {
        Map<String, List<ModelFile>> files = new LinkedHashMap<>();
        operatorFile.ifPresent(path -> add(files, path.toString(), readFile(path)));
        TreeSet<String> names = new TreeSet<>(providerIds);
        for (JsonValue name : ((JsonValue.JsonArray) JsonReader.read(readResource("index"))).items()) {
            names.add(name.asText());
        }
        for (String name : names) {
            byte[] json = readResource(name);
            if (json != null) {
                add(files, name + ".json", json);
            }
        }
        Map<String, ProviderModels> models = new LinkedHashMap<>();
        files.forEach((provider, parts) -> models.put(provider, new ProviderModels(provider, parts)));
        byProvider = models;
        all = models.values().stream().flatMap(part -> part.all().stream()).toList();
    }

    /**
     * A provider's model.
     *
     * @param providerId the provider's id
     * @param upstreamModel the name sent to the provider, also a dated one, e.g. {@code gpt-4o-2024-08-06}
     */
    public Optional<Model> find(String providerId, String upstreamModel) {
        ProviderModels models = byProvider.get(providerId);
        if (models == null) {
            return Optional.empty();
        }
        Optional<Model> found = models.find(upstreamModel);
        ProviderModels other = found.isEmpty() && models.samePricesAs() != null ? byProvider.get(models.samePricesAs()) : null;
        return other == null ? found : other.find(upstreamModel);
    }

    /** The provider that makes a model asked for without a prefix, e.g. {@code openai} for {@code gpt-4o}. */
    public Optional<String> providerOf(String bareModel) {
        for (Map.Entry<String, ProviderModels> entry : byProvider.entrySet()) {
            if (entry.getValue().claims(bareModel)) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    /** Every model of every provider, also of providers this gateway cannot call. */
    public List<Model> all() {
        return all;
    }

    private static void add(Map<String, List<ModelFile>> files, String name, byte[] json) {
        for (ModelFile file : ModelFile.read(name, json)) {
            files.computeIfAbsent(file.provider(), provider -> new ArrayList<>()).add(file);
        }
    }

    private static byte[] readFile(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new IllegalStateException("The model file " + path + " cannot be read; gateway.model.file names it.", e);
        }
    }

    /** The file's bytes, or null when there is none. */
    private static byte[] readResource(String name) {
        try (InputStream in = ModelCatalog.class.getResourceAsStream("/models/" + name + ".json")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
