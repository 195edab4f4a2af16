package org.sluice.gateway.model;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.upstream.HttpUpstream;

/**
 * Keeps the catalogue current: reads the operator's file again when it changes, and fetches prices from the operator's URL.
 * What is wrong is refused with a warning and the old stays. The last good answer of the URL lies in the data folder, so
 * that a start does not need the network.
 */
@ApplicationScoped
public class CatalogRefresh {
    private static final Logger LOG = System.getLogger(CatalogRefresh.class.getName());
    private static final UpstreamLimits LIMITS = new UpstreamLimits(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(2));
    private static final Map<String, String> HEADERS = Map.of("Accept", "application/json", "Accept-Encoding", "identity");
    static final String COPY = "model-prices.json";
    private static final String NAME = "of gateway.model.url";

    @Inject GatewayConfig config;
    @Inject ModelCatalog catalog;
    @Inject HttpUpstream http;
    private Upstream network;
    private Path file;
    private URI url;
    private String seenFile = "";
    private byte[] fetched;
    private Thread thread;

    @PostConstruct
    void start() {
        open(http);
        if (file != null || url != null) {
            thread = new Thread(this::run, "gateway-model-refresh");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** For tests: ready, without a thread. */
    static CatalogRefresh of(GatewayConfig config, ModelCatalog catalog, Upstream network) {
        CatalogRefresh refresh = new CatalogRefresh();
        refresh.config = config;
        refresh.catalog = catalog;
        refresh.open(network);
        return refresh;
    }

    private void open(Upstream upstream) {
        network = upstream;
        file = config.modelFile().orElse(null);
        url = config.modelUrl().orElse(null);
        seenFile = file == null ? "" : stamp();
        if (url != null && Files.isRegularFile(copy())) {
            readCopy();
        }
    }

    private Path copy() {
        return config.dataDir().resolve(COPY);
    }

    private void readCopy() {
        try {
            byte[] json = Files.readAllBytes(copy());
            catalog.replace(ModelCatalog.Layer.FETCHED, copy().toString(), json);
            fetched = json;
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.WARNING, "The kept copy of the prices is not used: {0}", e.getMessage());
        }
    }

    private void run() {
        long pollNanos = config.duration(ConfigKey.MODEL_FILE_POLL).toNanos();
        long intervalNanos = config.duration(ConfigKey.MODEL_URL_INTERVAL).toNanos();
        long fetchAt = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                checkFile();
                if (url != null && System.nanoTime() - fetchAt >= 0) {
                    fetch();
                    fetchAt = System.nanoTime() + intervalNanos;
                }
                Thread.sleep(Duration.ofNanos(Math.min(pollNanos, intervalNanos)).toMillis() + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "The models could not be refreshed: {0}", e.toString());
            }
        }
    }

    /** Reads the file again when it is not the one that was read last. */
    void checkFile() {
        String now = file == null ? "" : stamp();
        if (now.equals(seenFile)) {
            return;
        }
        seenFile = now;
        try {
            catalog.replace(ModelCatalog.Layer.FILE, file.toString(), Files.readAllBytes(file));
            LOG.log(Level.INFO, "Models and prices were read again from {0}.", file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The model file {0} cannot be read; what it said before stays.", file);
        } catch (IllegalStateException e) {
            LOG.log(Level.WARNING, "{0} What it said before stays.", e.getMessage());
        }
    }

    private String stamp() {
        try {
            return Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException e) {
            return "absent";
        }
    }

    /** The URL is not shown: it may hold a token. */
    void fetch() {
        try (UpstreamResponse response = network.send(UpstreamRequest.bare("GET", url, HEADERS, false, LIMITS))) {
            if (response.status() != 200) {
                LOG.log(Level.WARNING, "The prices of gateway.model.url were answered with status {0}; the old ones stay.", response.status());
                return;
            }
            byte[] json = response.body().readAllBytes();
            if (!Arrays.equals(json, fetched)) {
                catalog.replace(ModelCatalog.Layer.FETCHED, NAME, json);
                fetched = json;
                keep(json);
                LOG.log(Level.INFO, "New prices were fetched from gateway.model.url.");
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "The prices of gateway.model.url could not be taken; the old ones stay: {0}", e.getMessage());
        }
    }

    private void keep(byte[] json) throws IOException {
        Files.createDirectories(config.dataDir());
        Path part = config.dataDir().resolve(COPY + ".part");
        Files.write(part, json);
        Files.move(part, copy(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @PreDestroy
    void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
