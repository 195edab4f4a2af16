package org.sluice.gateway.prompt;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.PromptReference;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.database.StoredArea;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.thread.GatewayThreads;

/** The prompts in memory: all of them by id and slug, and as many compiled versions as the cache holds. */
@ApplicationScoped
public class PromptLibrary implements StoredArea {
    static final String AREA = "prompt";
    private static final Logger LOG = System.getLogger(PromptLibrary.class.getName());
    private static final int LOADERS = 2;
    private static final int LOADS_WAITING = 1_000;
    private static final int LOAD_SECONDS = 5;
    @Inject GatewayConfig config;
    @Inject GatewayDatabase database;
    private final Map<VersionCache.Key, CompletableFuture<CompiledVersion>> loading = new ConcurrentHashMap<>();
    private volatile Map<String, Map<String, PromptEntry>> prompts = Map.of();
    private VersionCache cache;
    private ExecutorService loaders;

    @PostConstruct
    void open() {
        open(config.bytes(ConfigKey.PROMPT_CACHE_BYTES));
    }

    private void open(long maxBytes) {
        cache = new VersionCache(maxBytes);
        loaders = Executors.newFixedThreadPool(LOADERS, GatewayThreads.managed("gateway-prompt-load"));
    }

    /** For tests. */
    static PromptLibrary of(GatewayDatabase database, long maxBytes) {
        PromptLibrary library = new PromptLibrary();
        library.database = database;
        library.open(maxBytes);
        return library;
    }

    @PreDestroy
    void close() {
        loaders.shutdownNow();
    }

    @Override
    public String area() {
        return AREA;
    }

    /** Live and newest versions are compiled in advance, as far as there is room. */
    @Override
    public void read(Connection connection) throws SQLException {
        Map<String, Map<String, PromptEntry>> read = new HashMap<>();
        for (PromptEntry entry : PromptTable.entries(connection)) {
            Map<String, PromptEntry> own = read.computeIfAbsent(entry.organization(), unused -> new HashMap<>());
            own.putIfAbsent(entry.slug(), entry);
            own.put(entry.id(), entry);
        }
        prompts = read;
        for (Map<String, PromptEntry> own : read.values()) {
            for (PromptEntry entry : new LinkedHashSet<>(own.values())) {
                prepare(connection, entry);
            }
        }
    }

    private void prepare(Connection connection, PromptEntry entry) throws SQLException {
        Set<Integer> wanted = new LinkedHashSet<>(entry.live().values());
        if (!entry.revisions().isEmpty()) {
            wanted.add(entry.revisions().lastKey());
        }
        for (int version : wanted) {
            VersionCache.Key key = new VersionCache.Key(entry.id(), version, entry.revisions().getOrDefault(version, 0));
            if (cache.hasRoom(entry.organization()) && cache.find(entry.organization(), key) == null) {
                try {
                    load(connection, entry.organization(), key);
                } catch (GatewayException e) {
                    LOG.log(Level.WARNING, "Version {0} of prompt {1} cannot be used: {2}", version, entry.id(), e.getMessage());
                }
            }
        }
    }

    /** @throws GatewayException NOT_FOUND in the same words for a prompt that is not there and for somebody else's */
    PromptEntry find(String organization, String idOrSlug) {
        PromptEntry entry = prompts.getOrDefault(organization, Map.of()).get(idOrSlug);
        if (entry == null) {
            throw GatewayException.of(ErrorType.NOT_FOUND, "prompt.prompt_id", "There is no prompt '" + idOrSlug + "'.");
        }
        return entry;
    }

    /**
     * The version that is meant. One that is not in memory is read by another thread, for which this one waits.
     *
     * @throws GatewayException NOT_FOUND for a version that is not there, INVALID_VALUE when none is live, OVERLOADED when it could not be read
     */
    CompiledVersion version(PromptEntry entry, int asked, Caller caller) {
        int number = number(entry, asked, caller.environment());
        Integer revision = entry.revisions().get(number);
        if (revision == null) {
            throw missing(entry, number);
        }
        VersionCache.Key key = new VersionCache.Key(entry.id(), number, revision);
        CompiledVersion cached = cache.find(entry.organization(), key);
        return cached != null ? cached : awaited(entry, key);
    }

    private static GatewayException missing(PromptEntry entry, int number) {
        return GatewayException.of(ErrorType.NOT_FOUND, "prompt.version", "Prompt '" + entry.slug() + "' has no version " + number + ".");
    }

    private static int number(PromptEntry entry, int asked, String environment) {
        if (asked > 0) {
            return asked;
        }
        if (entry.revisions().isEmpty()) {
            throw GatewayException.invalid("prompt.prompt_id", "Prompt '" + entry.slug() + "' has no version yet; create one and deploy it.");
        }
        Integer live = asked == PromptReference.LATEST ? entry.revisions().lastKey() : entry.live().get(environment);
        if (live == null) {
            throw GatewayException.invalid("prompt.version", "Prompt '" + entry.slug() + "' has no live version for the environment '" + environment
                    + "' of this key; deploy one, or name a version.");
        }
        return live;
    }

    private CompiledVersion awaited(PromptEntry entry, VersionCache.Key key) {
        if (loading.size() >= LOADS_WAITING) {
            throw late(null);
        }
        CompletableFuture<CompiledVersion> wanted = loading.computeIfAbsent(key, unused -> CompletableFuture.supplyAsync(() -> load(entry, key), loaders));
        try {
            CompiledVersion version = wanted.get(LOAD_SECONDS, TimeUnit.SECONDS);
            if (version == null) {
                throw missing(entry, key.version());
            }
            return version;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof GatewayException known ? known : late(e.getCause());
        } catch (TimeoutException e) {
            throw late(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late(e);
        } finally {
            if (wanted.isDone()) {
                loading.remove(key, wanted);
            }
        }
    }

    private static GatewayException late(Throwable cause) {
        return new GatewayException(ErrorType.OVERLOADED, "This version of the prompt is not in memory and cannot be read at the moment; try again soon.", cause)
                .retryAfter(LOAD_SECONDS);
    }

    private CompiledVersion load(PromptEntry entry, VersionCache.Key key) {
        try (Connection connection = database.dataSource().getConnection()) {
            return load(connection, entry.organization(), key);
        } catch (SQLException e) {
            throw late(e);
        } finally {
            loading.remove(key);
        }
    }

    /** Null when it is gone. A draft that was changed meanwhile is what it is now, and kept as that. */
    private CompiledVersion load(Connection connection, String organization, VersionCache.Key key) throws SQLException {
        PromptTable.Stored stored = PromptTable.settings(connection, key.prompt(), key.version());
        if (stored == null) {
            return null;
        }
        CompiledVersion version = CompiledVersion.read(key.prompt(), key.version(), stored.settings());
        cache.keep(organization, new VersionCache.Key(key.prompt(), key.version(), stored.revision()), version);
        return version;
    }
}
