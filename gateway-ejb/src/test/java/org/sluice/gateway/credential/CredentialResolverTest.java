package org.sluice.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.CredentialField;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;

class CredentialResolverTest {
    /** A provider that is never called. */
    private static class FakeProvider implements Provider {
        private final String id;
        private final Set<String> aliases;
        private final URI baseUrl;
        private final boolean needsCredential;

        FakeProvider(String id, Set<String> aliases, String baseUrl, boolean needsCredential) {
            this.id = id;
            this.aliases = aliases;
            this.baseUrl = baseUrl == null ? null : URI.create(baseUrl);
            this.needsCredential = needsCredential;
        }

        @Override public String id() { return id; }
        @Override public Set<String> aliases() { return aliases; }
        @Override public URI baseUrl() { return baseUrl; }
        @Override public boolean needsCredential() { return needsCredential; }
        @Override public Dialect dialect() { throw new AssertionError("not asked"); }

        @Override
        public UpstreamRequest prepare(Dispatch dispatch) {
            throw new AssertionError("not asked");
        }
    }

    private static final class FakeDemo extends FakeProvider implements Upstream {
        FakeDemo() { super("demo", Set.of(), null, false); }
        @Override public UpstreamResponse send(UpstreamRequest request) { throw new AssertionError("not asked"); }
    }

    private static final Provider OPENAI = new FakeProvider("openai", Set.of(), "https://api.openai.com/v1", true);
    private static final Provider TOGETHER = new FakeProvider("togetherai", Set.of("together_ai", "together"), "https://api.together.xyz/v1", true);
    private static final Provider VLLM = new FakeProvider("vllm", Set.of(), null, false);
    private static final Provider ODD = new FakeProvider("z.ai-2é", Set.of(), "https://z", true);

    private static CredentialResolver resolver(Map<String, String> settings, Provider... providers) {
        return CredentialResolver.of(GatewayConfig.of(settings), List.of(providers));
    }

    @Test
    void the_operators_key_is_the_providers_credential() {
        CredentialResolver resolver = resolver(Map.of("OPENAI_API_KEY", " sk-1\n"), OPENAI);
        assertThat(resolver.credential(OPENAI)).contains(new Credential.ApiKey("sk-1"));
        assertThat(resolver.isUsable(OPENAI)).isTrue();
        assertThat(resolver.baseUrl(OPENAI)).hasToString("https://api.openai.com/v1");
    }

    @Test
    void a_missing_key_is_told_with_the_variable_to_set() {
        CredentialResolver resolver = resolver(Map.of("OPENAI_API_KEY", "  "), OPENAI);
        assertThat(resolver.credential(OPENAI)).isEmpty();
        assertThat(resolver.isUsable(OPENAI)).isFalse();
        assertThat(resolver.missing(OPENAI)).isEqualTo("The gateway has no credential for the provider 'openai'; set OPENAI_API_KEY where the gateway runs.");
    }

    @Test
    void a_provider_that_asks_for_none_gets_none_but_may_have_one() {
        assertThat(resolver(Map.of(), VLLM).credential(VLLM)).contains(Credential.None.NONE);
        assertThat(resolver(Map.of("VLLM_API_KEY", "k"), VLLM).credential(VLLM)).contains(new Credential.ApiKey("k"));
    }

    @Test
    void a_provider_without_an_address_is_told_with_the_variable_to_set() {
        CredentialResolver resolver = resolver(Map.of(), VLLM);
        assertThat(resolver.isUsable(VLLM)).isFalse();
        assertThat(resolver.baseUrl(VLLM)).isNull();
        assertThat(resolver.missing(VLLM)).contains("no address").contains("VLLM_BASE_URL");
        assertThat(resolver(Map.of("VLLM_BASE_URL", "http://127.0.0.1:8000/v1"), VLLM).isUsable(VLLM)).isTrue();
    }

    @Test
    void a_provider_that_is_its_own_upstream_needs_no_address_and_can_be_switched_off() {
        Provider demo = new FakeDemo();
        assertThat(resolver(Map.of(), demo).isUsable(demo)).isTrue();
        CredentialResolver off = resolver(Map.of("GATEWAY_DEMO_ENABLED", "false"), demo);
        assertThat(off.isUsable(demo)).isFalse();
        assertThat(off.credential(demo)).isEmpty();
        assertThat(off.missing(demo)).contains("GATEWAY_DEMO_ENABLED");
    }

    @Test
    void a_variable_is_the_id_in_upper_case_with_underscores() {
        assertThat(resolver(Map.of("Z_AI_2__API_KEY", "k"), ODD).credential(ODD)).contains(new Credential.ApiKey("k"));
    }

    @Test
    void the_id_beats_an_alias_and_an_alias_works() {
        assertThat(resolver(Map.of("TOGETHER_API_KEY", "b"), TOGETHER).credential(TOGETHER)).contains(new Credential.ApiKey("b"));
        assertThat(resolver(Map.of("TOGETHER_API_KEY", "b", "TOGETHERAI_API_KEY", "a"), TOGETHER).credential(TOGETHER))
                .contains(new Credential.ApiKey("a"));
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:8080/v1/,http://127.0.0.1:8080/v1", "https://proxy.example//,https://proxy.example", "http://localhost,http://localhost",
        "http://[::1]:9/x,http://[::1]:9/x"})
    void the_operators_base_url_may_be_local_and_plain_and_loses_its_last_slashes(String given, String used) {
        assertThat(resolver(Map.of("OPENAI_BASE_URL", given), OPENAI).baseUrl(OPENAI)).hasToString(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x/hidden", "file:///hidden", "api.openai.com/hidden", "http:///hidden", "https://u:hidden@x", "https://x/?hidden", "https://x/#hidden",
        "https://x hidden/", "http://x:99999/hidden", "http://x:0/hidden", "javascript:hidden", "//x/hidden", "hidden_host:80"})
    void a_wrong_base_url_fails_the_start_without_the_text(String text) {
        assertThatThrownBy(() -> resolver(Map.of("OPENAI_BASE_URL", text), OPENAI)).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("OPENAI_BASE_URL must be").hasMessageNotContaining("hidden").hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-hidden\r\nX-Evil: 1", "sk-hidden\u0000", "sk hidden", "sk-hiddené"})
    void a_key_with_other_characters_fails_the_start_without_the_key(String key) {
        assertThatThrownBy(() -> resolver(Map.of("OPENAI_API_KEY", key), OPENAI)).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("OPENAI_API_KEY must hold").hasMessageNotContaining("hidden").hasNoCause();
    }

    /** A provider whose address is part of its credential. */
    private static final class FakeCloud extends FakeProvider {
        FakeCloud() { super("cloud", Set.of(), null, true); }

        @Override
        public List<CredentialField> credentialFields() {
            return List.of(new CredentialField("account", List.of("CLOUD_ACCOUNT", "CLOUD_ACCOUNT_OLD"), true, List.of("CLOUD_ACCOUNT_FILE")),
                    new CredentialField("region", List.of("CLOUD_REGION"), false));
        }

        @Override
        public URI baseUrl(Credential credential) {
            String region = ((Credential.Fields) credential).get("region");
            if ("nowhere".equals(region)) {
                throw GatewayException.invalid("region", "The region is none.");
            }
            return region == null ? null : URI.create("https://" + region + ".cloud.example");
        }
    }

    @Test
    void a_credential_says_where_to_call_unless_the_operator_does() {
        Provider cloud = new FakeCloud();
        CredentialResolver regional = resolver(Map.of("CLOUD_ACCOUNT_OLD", "a", "CLOUD_REGION", "north"), cloud);
        assertThat(regional.baseUrl(cloud)).hasToString("https://north.cloud.example");
        assertThat(regional.isUsable(cloud)).isTrue();
        assertThat(resolver(Map.of("CLOUD_ACCOUNT", "a", "CLOUD_REGION", "north", "CLOUD_BASE_URL", "http://127.0.0.1:9/"), cloud).baseUrl(cloud)).hasToString("http://127.0.0.1:9");
        assertThat(resolver(Map.of("CLOUD_ACCOUNT", "a"), cloud).isUsable(cloud)).isFalse();
        assertThatThrownBy(() -> resolver(Map.of("CLOUD_ACCOUNT", "a", "CLOUD_REGION", "nowhere"), cloud)).isInstanceOf(IllegalStateException.class).hasMessageContaining("'cloud'");
    }

    @Test
    void a_field_may_stand_in_a_file_that_the_operator_names(@TempDir Path folder) throws IOException {
        Provider cloud = new FakeCloud();
        Path file = Files.writeString(folder.resolve("account.json"), "{\"a\":\n1}\n");
        Credential.Fields read = (Credential.Fields) resolver(Map.of("CLOUD_ACCOUNT_FILE", file.toString()), cloud).credential(cloud).orElseThrow();
        assertThat(read.get("account")).isEqualTo("{\"a\":\n1}");
        Credential.Fields given = (Credential.Fields) resolver(Map.of("CLOUD_ACCOUNT_FILE", file.toString(), "CLOUD_ACCOUNT", "b"), cloud).credential(cloud).orElseThrow();
        assertThat(given.get("account")).isEqualTo("b");
        assertThatThrownBy(() -> resolver(Map.of("CLOUD_ACCOUNT_FILE", folder.resolve("none").toString()), cloud))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("CLOUD_ACCOUNT_FILE");
    }

    @Test
    void open_fields_are_no_secrets() {
        assertThat(new Credential.Fields(Map.of("key", "s", "place", "p"), Set.of("place")).secrets()).containsExactly("s");
        assertThat(new Credential.Fields(Map.of("key", "s")).secrets()).containsExactly("s");
    }
}
