package org.sluice.gateway.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;

class CatalogRefreshTest {
    private static final String BROKEN = "{\"provider\":\"openai\",\"models\":[{}]}";
    @TempDir Path folder;
    private Path file;
    private final FakePrices network = new FakePrices();

    private static final class FakePrices implements Upstream {
        final Deque<String> answers = new ArrayDeque<>();
        UpstreamRequest last;

        @Override
        public UpstreamResponse send(UpstreamRequest request) {
            last = request;
            String answer = answers.remove();
            if (answer.isEmpty()) {
                throw new GatewayException(ErrorType.UPSTREAM_UNREACHABLE, "Nobody there.");
            }
            return new UpstreamResponse() {
                @Override public int status() { return answer.startsWith("5") ? 500 : 200; }
                @Override public Map<String, String> headers() { return Map.of(); }
                @Override public InputStream body() { return new ByteArrayInputStream(answer.getBytes(UTF_8)); }
                @Override public void close() { }
            };
        }
    }

    @BeforeEach
    void place() {
        file = folder.resolve("mine.json");
    }

    private static String priced(String input) {
        return "{\"provider\":\"openai\",\"models\":[{\"name\":\"gpt-4o\",\"price\":{\"input\":" + input + ",\"output\":2}}]}";
    }

    private static String map(String perToken) {
        return "{\"gpt-4o\":{\"litellm_provider\":\"openai\",\"input_cost_per_token\":" + perToken + ",\"output_cost_per_token\":1e-6}}";
    }

    private void write(String json, long seconds) throws IOException {
        Files.writeString(file, json);
        Files.setLastModifiedTime(file, FileTime.fromMillis(seconds * 1000));
    }

    private GatewayConfig config(boolean hasFile, boolean hasUrl) {
        Map<String, String> settings = new HashMap<>(Map.of("GATEWAY_DATA_DIR", folder.resolve("data").toString()));
        if (hasFile) {
            settings.put("GATEWAY_MODEL_FILE", file.toString());
        }
        if (hasUrl) {
            settings.put("GATEWAY_MODEL_URL", "https://prices.example/map.json?token=hidden");
        }
        return GatewayConfig.of(settings);
    }

    private static String price(ModelCatalog catalog) {
        return catalog.find("openai", "gpt-4o").orElseThrow().listPrice().input().toPlainString();
    }

    @Test
    void a_changed_file_is_read_again_and_a_broken_one_is_not_taken() throws IOException {
        write(priced("1"), 100);
        ModelCatalog catalog = ModelCatalog.of(Optional.of(file));
        CatalogRefresh refresh = CatalogRefresh.of(config(true, false), catalog, network);
        long version = catalog.version();
        refresh.checkFile();
        assertThat(catalog.version()).isEqualTo(version);
        write(priced("7"), 200);
        refresh.checkFile();
        assertThat(price(catalog)).isEqualTo("7");
        write(BROKEN, 300);
        refresh.checkFile();
        assertThat(price(catalog)).isEqualTo("7");
        Files.delete(file);
        refresh.checkFile();
        assertThat(price(catalog)).isEqualTo("7");
        write(map("9e-6"), 400);
        refresh.checkFile();
        assertThat(price(catalog)).isEqualTo("9");
    }

    @Test
    void fetched_prices_lie_between_the_built_in_ones_and_the_file() throws IOException {
        write("{\"provider\":\"openai\",\"models\":[{\"name\":\"gpt-4o-mini\",\"price\":{\"input\":5,\"output\":5}}]}", 100);
        ModelCatalog catalog = ModelCatalog.of(Optional.of(file));
        CatalogRefresh refresh = CatalogRefresh.of(config(true, true), catalog, network);
        network.answers.add("{\"gpt-4o\":{\"litellm_provider\":\"openai\",\"input_cost_per_token\":3e-6},\"gpt-4o-mini\":{\"litellm_provider\":\"openai\",\"input_cost_per_token\":3e-6}}");
        refresh.fetch();
        assertThat(price(catalog)).isEqualTo("3");
        assertThat(catalog.find("openai", "gpt-4o-mini").orElseThrow().listPrice().input()).isEqualByComparingTo("5");
        assertThat(network.last.method()).isEqualTo("GET");
        assertThat(network.last.uri()).hasToString("https://prices.example/map.json?token=hidden");
    }

    @Test
    void the_last_good_copy_outlives_failures_and_a_restart() throws IOException {
        ModelCatalog catalog = ModelCatalog.of(Optional.empty());
        CatalogRefresh refresh = CatalogRefresh.of(config(false, true), catalog, network);
        network.answers.add(map("4e-6"));
        refresh.fetch();
        for (String bad : new String[] {"", "500 sorry", "<html>", "{}", BROKEN}) {
            network.answers.add(bad);
            refresh.fetch();
            assertThat(price(catalog)).as(bad).isEqualTo("4");
        }
        ModelCatalog restarted = ModelCatalog.of(Optional.empty());
        CatalogRefresh.of(config(false, true), restarted, network);
        assertThat(price(restarted)).isEqualTo("4");
        Files.writeString(folder.resolve("data").resolve(CatalogRefresh.COPY), "{");
        ModelCatalog damaged = ModelCatalog.of(Optional.empty());
        CatalogRefresh.of(config(false, true), damaged, network);
        assertThat(price(damaged)).isEqualTo("2.5");
    }

    @Test
    void prices_that_have_not_changed_are_not_laid_again() {
        ModelCatalog catalog = ModelCatalog.of(Optional.empty());
        CatalogRefresh refresh = CatalogRefresh.of(config(false, true), catalog, network);
        network.answers.add(map("4e-6"));
        network.answers.add(map("4e-6"));
        refresh.fetch();
        long version = catalog.version();
        refresh.fetch();
        assertThat(catalog.version()).isEqualTo(version);
    }
}
