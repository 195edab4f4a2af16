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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.provider.Provider;

/**
 * All known models. Making the bean fails with an {@link IllegalStateException} when a file is wrong; a layer that is
 * replaced later is refused when it is wrong, and the old one stays.
 */
@ApplicationScoped
public class ModelCatalog {
    /** What is laid over the built-in models; the first that has an entry wins. */
    public enum Layer {
        /** The operator's file. */
        FILE,
        /** What was fetched from the operator's URL. */
        FETCHED
    }

    private record Snapshot(long version, Map<String, ProviderModels> byProvider, List<Model> all) { }

    @Inject GatewayConfig config;
    @Inject @Any Instance<Provider> providers;

    private final Map<Layer, List<ModelFile>> layers = new EnumMap<>(Layer.class);
    private final Map<String, String> idsByName = new HashMap<>();
    private List<ModelFile> builtIn = List.of();
    private volatile Snapshot snapshot = new Snapshot(0, Map.of(), List.of());

    @PostConstruct
    void load() {
        for (Provider provider : providers) {
            idsByName.put(provider.id(), provider.id());
            provider.aliases().forEach(alias -> idsByName.putIfAbsent(alias, provider.id()));
        }
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
        TreeSet<String> names = new TreeSet<>(providerIds);
        for (JsonValue name : ((JsonValue.JsonArray) JsonReader.read(readResource("index"))).items()) {
            names.add(name.asText());
        }
        List<ModelFile> files = new ArrayList<>();
        for (String name : names) {
            byte[] json = readResource(name);
            if (json != null) {
                files.addAll(ModelFile.read(name + ".json", json));
            }
        }
        builtIn = files;
        operatorFile.ifPresentOrElse(path -> replace(Layer.FILE, path.toString(), readFile(path)), this::layOver);
    }

    /**
     * Lays other models and prices over the built-in ones, in the gateway's own format or as a price map of LiteLLM's.
     *
     * @param name what they are called in a message
     * @throws IllegalStateException with the name and what is wrong; nothing has changed then
     */
    public void replace(Layer layer, String name, byte[] json) {
        replace(layer, ModelFile.read(name, json, id -> idsByName.getOrDefault(id, id)));
    }

    synchronized void replace(Layer layer, List<ModelFile> files) {
        layers.put(layer, files);
        layOver();
    }

    private synchronized void layOver() {
        Map<String, List<ModelFile>> files = new LinkedHashMap<>();
        for (Layer layer : Layer.values()) {
            layers.getOrDefault(layer, List.of()).forEach(file -> files.computeIfAbsent(file.provider(), id -> new ArrayList<>()).add(file));
        }
        builtIn.forEach(file -> files.computeIfAbsent(file.provider(), id -> new ArrayList<>()).add(file));
        Map<String, ProviderModels> models = new LinkedHashMap<>();
        files.forEach((provider, parts) -> models.put(provider, new ProviderModels(provider, parts)));
        snapshot = new Snapshot(snapshot.version + 1, models, models.values().stream().flatMap(part -> part.all().stream()).toList());
    }

    /** Another number whenever anything has changed. */
    public long version() {
        return snapshot.version;
    }

    /**
     * A provider's model. One that is not listed is taken for the newest of its family ({@link Model#isPriceEstimated}).
     *
     * @param providerId the provider's id
     * @param upstreamModel the name sent to the provider, also a dated one, e.g. {@code gpt-4o-2024-08-06}
     */
    public Optional<Model> find(String providerId, String upstreamModel) {
        Map<String, ProviderModels> all = snapshot.byProvider;
        ProviderModels models = all.get(providerId);
        if (models == null) {
            return Optional.empty();
        }
        ProviderModels other = models.samePricesAs() == null ? null : all.get(models.samePricesAs());
        Optional<Model> found = models.find(upstreamModel);
        if (found.isEmpty() && other != null) {
            found = other.find(upstreamModel);
        }
        if (found.isEmpty()) {
            found = models.findRelative(upstreamModel);
        }
        return found.isEmpty() && other != null ? other.findRelative(upstreamModel) : found;
    }

    /** The provider that makes a model asked for without a prefix, e.g. {@code openai} for {@code gpt-4o}. */
    public Optional<String> providerOf(String bareModel) {
        for (Map.Entry<String, ProviderModels> entry : snapshot.byProvider.entrySet()) {
            if (entry.getValue().claims(bareModel)) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    /** The listed model of this very name, bare or with its provider's prefix; models that are only alike do not count. */
    public Optional<Model> listed(String name) {
        int slash = name.indexOf('/');
        String prefix = slash < 0 ? null : idsByName.getOrDefault(name.substring(0, slash), name.substring(0, slash));
        return snapshot.all.stream().filter(model -> model.provider().equals(prefix) && model.name().equalsIgnoreCase(name.substring(slash + 1))).findFirst()
                .or(() -> snapshot.all.stream().filter(model -> model.name().equalsIgnoreCase(name)).findFirst());
    }

    /** Every model of every provider, also of providers this gateway cannot call. */
    public List<Model> all() {
        return snapshot.all;
    }

    private static byte[] readFile(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new IllegalStateException("The model file " + path + " cannot be read; gateway.model.file names it.", e);
        }
    }

    /** The file's bytes, or null when there is none; a provider's own jar may be known to the application only. */
    private static byte[] readResource(String name) {
        String path = "models/" + name + ".json";
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        try (InputStream own = ModelCatalog.class.getResourceAsStream("/" + path);
                InputStream in = own != null || application == null ? own : application.getResourceAsStream(path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
