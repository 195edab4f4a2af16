package org.sluice.gateway.route;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.ProviderSource;

/** Every provider that CDI found, by id and by alias, and those that were defined. A name taken twice fails the start. */
@ApplicationScoped
public class Providers {
    @Inject @Any Instance<Provider> discovered;
    @Inject @Any Instance<ProviderSource> sources;
    private final Map<String, Provider> byName = new HashMap<>();
    private final List<Provider> all = new ArrayList<>();

    /** Outside a container: these and no others. */
    public static Providers of(Iterable<Provider> providers) {
        Providers known = new Providers();
        providers.forEach(known::add);
        return known;
    }

    @PostConstruct
    void index() {
        discovered.forEach(this::add);
        for (ProviderSource source : sources) {
            for (Provider defined : source.providers()) {
                if (byName.containsKey(defined.id())) {
                    throw new IllegalStateException("A provider is called '" + defined.id() + "' already; choose another id for your own.");
                }
            }
        }
    }

    private void add(Provider provider) {
        all.add(provider);
        put(provider.id(), provider);
        provider.aliases().forEach(alias -> put(alias, provider));
    }

    private void put(String name, Provider provider) {
        if (byName.put(name, provider) != null) {
            throw new IllegalStateException("Two providers are called " + name);
        }
    }

    public Optional<Provider> find(String name) {
        Provider known = byName.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        for (ProviderSource source : sources()) {
            for (Provider defined : source.providers()) {
                if (defined.id().equals(name)) {
                    return Optional.of(defined);
                }
            }
        }
        return Optional.empty();
    }

    /** The same, and the organization's own: what everyone has has the first claim to a name. */
    public Optional<Provider> find(String name, String organization) {
        Optional<Provider> common = find(name);
        if (common.isPresent()) {
            return common;
        }
        for (ProviderSource source : sources()) {
            for (Provider own : source.providers(organization)) {
                if (own.id().equals(name)) {
                    return Optional.of(own);
                }
            }
        }
        return Optional.empty();
    }

    /** The provider whose models carry names like this one without a prefix. */
    Optional<Provider> claiming(String model) {
        return all.stream().filter(provider -> provider.claims(model)).findFirst();
    }

    public List<Provider> all() {
        List<Provider> every = new ArrayList<>(all);
        sources().forEach(source -> every.addAll(source.providers()));
        return List.copyOf(every);
    }

    private Iterable<ProviderSource> sources() {
        return sources == null ? List.of() : sources;
    }

    /** The same, and the organization's own. */
    public List<Provider> all(String organization) {
        List<Provider> every = new ArrayList<>(all());
        sources().forEach(source -> every.addAll(source.providers(organization)));
        return List.copyOf(every);
    }
}
