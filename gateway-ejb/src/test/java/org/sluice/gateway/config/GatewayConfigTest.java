package org.sluice.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GatewayConfigTest {
    private static final String KEY_256 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String GATEWAY_KEY = "abcdefgh.01234567890123456789012345678901";
    @TempDir Path folder;

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = at.getParent();
        }
        return at;
    }

    /** One value per key that differs from its default. */
    private static Map<ConfigKey, String> otherValues() {
        Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);
        for (ConfigKey key : ConfigKey.values()) {
            values.put(key, switch (key.type().name()) {
                case "text", "path" -> "other";
                case "secret" -> key.type() == ConfigType.KEY_256_BIT || key.type() == ConfigType.KEYS_256_BIT ? KEY_256 : GATEWAY_KEY;
                case "URL" -> "jdbc:postgresql://db/gateway";
                case "HTTP URL" -> "https://example.com/prices.json";
                case "names" -> "acme,my-corp";
                case "port", "number", "bytes" -> "77";
                case "boolean" -> String.valueOf(!Boolean.parseBoolean(key.defaultText().orElseThrow()));
                case "ratio" -> "0.75";
                case "duration" -> "PT77S";
                case "cancel or complete" -> "complete";
                case "background or group" -> "group";
                case "off or allowlist or public" -> "public";
                case "hosts" -> key.type() == ConfigType.HOSTS ? "llm.example.com,*.example.org" : "10.0.0.5:8000,[fd00::1]:443";
                default -> throw new IllegalStateException(key.type().name());
            });
        }
        values.remove(ConfigKey.CONFIG_FILE);
        return values;
    }

    private static Object value(GatewayConfig config, ConfigKey key) {
        return switch (key.type().name()) {
            case "path" -> switch (key) {
                case DATA_DIR -> config.dataDir().toString();
                case MODEL_FILE -> config.modelFile().map(Path::toString).orElse(null);
                default -> null;
            };
            case "port", "number" -> String.valueOf(config.count(key));
            case "bytes" -> String.valueOf(config.bytes(key));
            case "ratio" -> String.valueOf(config.ratio(key));
            case "boolean" -> String.valueOf(config.isTrue(key));
            case "duration" -> config.duration(key).toString();
            default -> config.text(key);
        };
    }

    @Test
    void without_settings_every_key_has_the_default_of_the_table() {
        GatewayConfig config = GatewayConfig.of(Map.of());
        assertThat(config.httpPort()).isEqualTo(9080);
        assertThat(config.dataDir()).isEqualTo(Path.of("data"));
        assertThat(config.dbUrl()).isEmpty();
        assertThat(config.bootstrapKey()).isEmpty();
        assertThat(config.modelFile()).isEmpty();
        assertThat(config.doorHalfClose()).isEqualTo("cancel");
        assertThat(config.journalSync()).isEqualTo("background");
        assertThat(config.duration(ConfigKey.UPSTREAM_CONNECT_TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.duration(ConfigKey.UPSTREAM_TOTAL_TIMEOUT)).isEqualTo(Duration.ofSeconds(600));
        assertThat(config.duration(ConfigKey.JOURNAL_SYNC_INTERVAL)).isEqualTo(Duration.ofMillis(50));
        assertThat(config.bytes(ConfigKey.DOOR_BODY_MAX)).isEqualTo(32L << 20);
        assertThat(config.bytes(ConfigKey.JOURNAL_SEGMENT_BYTES)).isEqualTo(64L << 20);
        assertThat(config.count(ConfigKey.LOG_BATCH)).isEqualTo(500);
        assertThat(config.isTrue(ConfigKey.DOOR_FAST_LANE)).isTrue();
        for (ConfigKey key : ConfigKey.values()) {
            Object value = value(config, key);
            assertThat(key.type().name().equals("duration") && value != null ? Duration.parse(value.toString()) : value)
                    .as(key.key()).isEqualTo(key.type().name().equals("duration")
                            ? Duration.parse(key.defaultText().orElseThrow()) : key.defaultText().orElse(null));
        }
    }

    @Test
    void every_key_can_be_set_by_property_and_by_environment_name() {
        Map<String, String> byProperty = new HashMap<>();
        Map<String, String> byEnvironment = new HashMap<>();
        otherValues().forEach((key, text) -> {
            byProperty.put(key.key(), text);
            byEnvironment.put(key.environmentName(), text);
        });
        Config properties = new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(byProperty, "test", 100)).build();
        Config environment = new SmallRyeConfigBuilder().withSources(new EnvConfigSource(byEnvironment, 300)).build();
        for (Config source : List.of(properties, environment)) {
            Map<ConfigKey, Object> values = new ConfigReading(ConfigSources.of(source)).readAll();
            otherValues().forEach((key, text) -> assertThat(String.valueOf(values.get(key))).as(key.key())
                    .isEqualTo(key.type().name().equals("duration") ? Duration.parse(text).toString() : text));
        }
    }

    @Test
    void the_environment_names_that_users_know_are_right() {
        assertThat(ConfigKey.HTTP_PORT.environmentName()).isEqualTo("GATEWAY_HTTP_PORT");
        assertThat(ConfigKey.DATA_DIR.environmentName()).isEqualTo("GATEWAY_DATA_DIR");
        assertThat(ConfigKey.DB_URL.environmentName()).isEqualTo("GATEWAY_DB_URL");
        assertThat(ConfigKey.DB_USER.environmentName()).isEqualTo("GATEWAY_DB_USER");
        assertThat(ConfigKey.DB_PASSWORD.environmentName()).isEqualTo("GATEWAY_DB_PASSWORD");
        assertThat(ConfigKey.BOOTSTRAP_KEY.environmentName()).isEqualTo("GATEWAY_BOOTSTRAP_KEY");
        assertThat(ConfigKey.BOOTSTRAP_TEST_KEY.environmentName()).isEqualTo("GATEWAY_BOOTSTRAP_TEST_KEY");
    }

    @ParameterizedTest
    @CsvSource({"GATEWAY_HTTP_PORT,0", "GATEWAY_HTTP_PORT,65536", "GATEWAY_HTTP_PORT,80a", "GATEWAY_LOG_BATCH,-1", "GATEWAY_LOG_BATCH,1.5",
        "GATEWAY_HEALTH_FAILURE_RATIO,0", "GATEWAY_HEALTH_FAILURE_RATIO,1.1", "GATEWAY_HEALTH_FAILURE_RATIO,NaN", "GATEWAY_DOOR_BODY_MAX,0", "GATEWAY_DOOR_BODY_MAX,32MB", "GATEWAY_DOOR_FAST_LANE,yes", "GATEWAY_DOOR_HALF_CLOSE,Cancel",
        "GATEWAY_UPSTREAM_IDLE_TIMEOUT,60", "GATEWAY_UPSTREAM_IDLE_TIMEOUT,PT0S", "GATEWAY_UPSTREAM_IDLE_TIMEOUT,-PT1S", "GATEWAY_DOOR_HEARTBEAT,-PT1S",
        "GATEWAY_DB_URL,postgres://u:hidden@db/x", "GATEWAY_BOOTSTRAP_KEY,sk-hidden1234", "GATEWAY_BOOTSTRAP_TEST_KEY,abcdefgh.hidden",
        "GATEWAY_MODEL_URL,ftp://hidden/x", "GATEWAY_MODEL_URL,https://u:hidden@x/y", "GATEWAY_PROVIDER_CUSTOM,Acme", "GATEWAY_PROVIDER_CUSTOM,a b",
        "GATEWAY_PROVIDER_CUSTOM,a/b", "GATEWAY_EGRESS_CUSTOM_BASE,on", "GATEWAY_EGRESS_ALLOWED_HOSTS,hidden", "GATEWAY_EGRESS_ALLOWED_HOSTS,*",
        "GATEWAY_EGRESS_ALLOWED_HOSTS,https://hidden.example", "GATEWAY_EGRESS_PRIVATE_HOSTS,hidden", "GATEWAY_EGRESS_PRIVATE_HOSTS,http://hidden:80",
        "GATEWAY_EGRESS_PRIVATE_HOSTS,*.hidden:80", "GATEWAY_JOURNAL_ENCRYPTION_KEY,aGlkZGVu", "GATEWAY_JOURNAL_ENCRYPTION_KEY,hidden!",
        "GATEWAY_VAULT_KEY,aGlkZGVu", "GATEWAY_VAULT_PREVIOUS_KEYS,'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,aGlkZGVu'"})
    void a_wrong_value_fails_the_start_with_key_and_rule_but_without_the_value(String name, String value) {
        ConfigKey key = List.of(ConfigKey.values()).stream().filter(k -> k.environmentName().equals(name)).findFirst().orElseThrow();
        assertThatThrownBy(() -> GatewayConfig.of(Map.of(name, value))).isInstanceOf(IllegalStateException.class)
                .hasMessage("Wrong settings: " + key.key() + " (" + name + ") must be " + key.type().rule() + ".").hasNoCause();
    }

    @Test
    void all_wrong_values_are_told_at_once() {
        assertThatThrownBy(() -> GatewayConfig.of(Map.of("gateway.http.port", "x", "gateway.log.batch", "y")))
                .hasMessageContaining("gateway.http.port").hasMessageContaining("gateway.log.batch");
    }

    @Test
    void an_empty_value_is_no_value() {
        assertThat(GatewayConfig.of(Map.of("GATEWAY_DB_URL", " ", "GATEWAY_HTTP_PORT", "")).httpPort()).isEqualTo(9080);
    }

    @Test
    void a_password_with_a_dollar_sign_is_taken_as_it_is() {
        Config server = new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(Map.of("gateway.db.password", "a${b}c\\,d$$"), "test", 100)).build();
        assertThat(ConfigSources.of(server).find("gateway.db.password", true)).contains("a${b}c\\,d$$");
    }

    @Test
    void a_file_is_weaker_than_the_environment_and_stronger_than_the_default() throws IOException {
        Path file = Files.writeString(folder.resolve("my.properties"), "gateway.log.batch=10\ngateway.http.port=1000\nOPENAI_API_KEY=from-file\n");
        Config server = new SmallRyeConfigBuilder().withSources(new EnvConfigSource(
                Map.of("GATEWAY_CONFIG_FILE", file.toString(), "GATEWAY_HTTP_PORT", "2000"), 300)).build();
        ConfigSources sources = ConfigSources.of(server);
        Map<ConfigKey, Object> values = new ConfigReading(sources).readAll();
        assertThat(values.get(ConfigKey.LOG_BATCH)).isEqualTo(10);
        assertThat(values.get(ConfigKey.HTTP_PORT)).isEqualTo(2000);
        assertThat(sources.find("OPENAI_API_KEY", true)).contains("from-file");
    }

    @Test
    void a_file_that_is_missing_fails_the_start() {
        Config server = new SmallRyeConfigBuilder().withSources(new EnvConfigSource(Map.of("GATEWAY_CONFIG_FILE", "/nowhere/x"), 300)).build();
        assertThatThrownBy(() -> ConfigSources.of(server)).hasMessageContaining("GATEWAY_CONFIG_FILE").hasMessageContaining("/nowhere/x");
    }

    @Test
    void names_that_look_like_ours_are_noticed() {
        ConfigSources sources = ConfigSources.of(Map.of("gateway.log.bach", "1", "GATEWAY_JOURNAL_SYNK", "1", "GATEWAY_LOG_BATCH", "1", "PATH", "x"));
        assertThat(new ConfigReading(sources).unknownNames()).containsExactly("GATEWAY_JOURNAL_SYNK", "gateway.log.bach");
    }

    @Test
    void no_key_in_the_environment_is_taken_for_a_mistake() {
        Map<String, String> environment = new HashMap<>(Map.of("GATEWAY_LOG_BACH", "1"));
        otherValues().forEach((key, text) -> environment.put(key.environmentName(), text));
        Config server = new SmallRyeConfigBuilder().withSources(new EnvConfigSource(environment, 300)).build();
        assertThat(new ConfigReading(ConfigSources.of(server)).unknownNames()).containsExactly("GATEWAY_LOG_BACH");
    }

    @ParameterizedTest
    @EnumSource(ConfigKey.class)
    void the_documentation_has_the_row_of_the_table(ConfigKey key) throws IOException {
        assertThat(Files.readAllLines(root().resolve("docs/configuration.md"))).contains(row(key));
    }

    @Test
    void the_documentation_has_no_other_key() throws IOException {
        List<String> rows = new ArrayList<>(Files.readAllLines(root().resolve("docs/configuration.md")));
        rows.removeIf(line -> !line.startsWith("| `gateway."));
        assertThat(rows).hasSize(ConfigKey.values().length);
    }

    @Test
    void the_sample_file_has_every_key_with_its_default_and_no_other() throws IOException {
        Path sample = root().resolve("server-config/gateway.properties");
        List<String> lines = Files.readAllLines(sample);
        List<String> expected = new ArrayList<>();
        for (ConfigKey key : ConfigKey.values()) {
            expected.add("#" + key.key() + "=" + key.defaultText().orElse(""));
            assertThat(lines).contains("# " + key.meaning());
        }
        assertThat(lines.stream().filter(line -> line.startsWith("#gateway."))).containsExactlyElementsOf(expected);
        Properties properties = new Properties();
        properties.load(Files.newBufferedReader(sample));
        assertThat(properties).isEmpty();
    }

    static String row(ConfigKey key) {
        return "| `" + key.key() + "` | `" + key.environmentName() + "` | " + key.type().name() + " | "
                + key.defaultText().map(text -> "`" + text + "`").orElse("none") + " | " + key.meaning() + " |";
    }
}
