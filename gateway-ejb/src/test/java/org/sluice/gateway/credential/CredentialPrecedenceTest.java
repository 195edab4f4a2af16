package org.sluice.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.call.RequestCredentials;
import org.sluice.gateway.call.RequestCredentials.Customer;
import org.sluice.gateway.call.Routing;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.CredentialChoice.Owner;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.azure.AzureOpenAi;
import org.sluice.gateway.provider.bedrock.Bedrock;
import org.sluice.gateway.provider.compatible.OpenAi;
import org.sluice.gateway.provider.compatible.OwnProvider;
import org.sluice.gateway.provider.compatible.Together;
import org.sluice.gateway.provider.compatible.Vllm;
import org.sluice.gateway.provider.demo.Demo;
import org.sluice.gateway.provider.vertex.Vertex;

/** Which key pays, and which mistakes are told instead of passed over. */
class CredentialPrecedenceTest {
    private static final Provider OPENAI = new OpenAi();
    private static final Provider AZURE = new AzureOpenAi();
    private static final Provider BEDROCK = new Bedrock();
    private static final Provider VERTEX = vertex();
    private static final Provider VLLM = new Vllm();
    private static final Provider DEMO = new Demo();
    private static final List<Provider> ALL = List.of(OPENAI, AZURE, BEDROCK, VERTEX, VLLM, DEMO, new Together());
    private static final String KEY = "sk-SENTINEL-own-2b7e";

    /** As a container makes it. */
    private static Provider vertex() {
        try {
            Vertex vertex = new Vertex();
            java.lang.reflect.Field config = Vertex.class.getDeclaredField("config");
            config.setAccessible(true);
            config.set(vertex, GatewayConfig.of(Map.of()));
            return vertex;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Call call(RequestCredentials credentials) {
        GatewayOptions none = GatewayOptions.NONE;
        GatewayOptions options = new GatewayOptions(none.observability(), null, Map.of(), null, false, Map.of(), null, null, Set.of(), Routing.NONE, credentials, null);
        return new Call(new UUID(0, 1), Instant.EPOCH, 0, new Caller(1, "p", null, "acme", "prod"), new OpenAiDialect(), "/api/chat/completions",
                new RequestOutline(new byte[0], "gpt-4o", false, false, Map.of()), Set.of(), options, Operation.CHAT);
    }

    private static Customer customer(String provider, Map<String, String> fields) {
        return new Customer(provider, fields, 1, Set.of(), Set.of(), "customer_credentials." + provider);
    }

    private static RequestCredentials customers(Customer... customers) {
        return new RequestCredentials(Map.of(), List.of(customers), Map.of(), Map.of());
    }

    private static RequestCredentials override(String model, Map<String, String> fields) {
        return new RequestCredentials(Map.of(model, fields), List.of(), Map.of(), Map.of());
    }

    private static CredentialResolver resolver(Map<String, String> environment, CredentialChoice... stored) {
        return CredentialResolver.of(GatewayConfig.of(environment), ALL, (organization, provider, model) -> organization.equals("acme") ? List.of(stored) : List.of());
    }

    private static CredentialResolver resolver() {
        return resolver(Map.of("OPENAI_API_KEY", "sk-operator"));
    }

    private static CredentialChoice stored(Owner owner) {
        return new CredentialChoice("stored:" + owner, "named", owner, new Credential.ApiKey("sk-" + owner), null, 2);
    }

    private static CredentialChoice only(List<CredentialChoice> choices) {
        assertThat(choices).hasSize(1);
        return choices.get(0);
    }

    private static GatewayException refusal(Provider provider, RequestCredentials credentials, String model) {
        try {
            resolver().choices(call(credentials), provider, model, Map.of());
        } catch (GatewayException refused) {
            assertThat(refused.getMessage()).doesNotContain("SENTINEL");
            return refused;
        }
        throw new AssertionError("not refused");
    }

    /** Every combination of those who have a key: the first in the documented order pays, alone. */
    @Test
    void the_first_owner_that_has_a_key_pays() {
        for (int combination = 0; combination < 1 << Owner.values().length; combination++) {
            EnumSet<Owner> having = EnumSet.noneOf(Owner.class);
            for (Owner owner : Owner.values()) {
                if ((combination & 1 << owner.ordinal()) != 0) {
                    having.add(owner);
                }
            }
            Map<String, String> key = Map.of("api_key", "sk-x");
            RequestCredentials credentials = new RequestCredentials(having.contains(Owner.OVERRIDE) ? Map.of("openai/gpt-4o", key) : Map.of(),
                    having.contains(Owner.CUSTOMER) ? List.of(customer("openai", key)) : List.of(), having.contains(Owner.CUSTOMER_KEY) ? Map.of("openai/gpt-4o", "sk-x") : Map.of(), Map.of());
            List<CredentialChoice> kept = new ArrayList<>();
            Stream.of(Owner.CUSTOM_PROVIDER, Owner.STORED).filter(having::contains).forEach(owner -> kept.add(stored(owner)));
            CredentialResolver resolver = resolver(having.contains(Owner.OPERATOR) ? Map.of("OPENAI_API_KEY", "sk-operator") : Map.of(), kept.toArray(CredentialChoice[]::new));
            List<CredentialChoice> choices = resolver.choices(call(credentials), OPENAI, "openai/gpt-4o", having.contains(Owner.GROUP) ? key : Map.of());
            assertThat(choices.stream().map(CredentialChoice::owner)).as(having.toString()).isEqualTo(having.isEmpty() ? List.of() : List.of(having.iterator().next()));
        }
    }

    @Test
    void the_documented_order_is_the_one_of_the_code() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("../docs/credentials.md")).stream().filter(line -> line.matches("\\| [1-9] \\| `[A-Z_]+` .*"))
                .map(line -> line.replaceAll("^\\| ([1-9]) \\| `([A-Z_]+)`.*", "$1 $2")).toList();
        assertThat(documented).isEqualTo(Stream.of(Owner.values()).map(owner -> owner.ordinal() + 1 + " " + owner).toList());
    }

    @Test
    void an_override_is_for_the_model_exactly_as_requested() {
        RequestCredentials credentials = override("openai/gpt-4o", Map.of("api_key", KEY));
        assertThat(only(resolver().choices(call(credentials), OPENAI, "openai/gpt-4o", Map.of())).owner()).isEqualTo(Owner.OVERRIDE);
        assertThat(only(resolver().choices(call(credentials), OPENAI, "gpt-4o", Map.of())).owner()).isEqualTo(Owner.OPERATOR);
        GatewayException byProvider = refusal(OPENAI, override("openai", Map.of("api_key", KEY)), "gpt-4o");
        assertThat(byProvider.param()).isEqualTo("credential_override.openai");
        assertThat(byProvider.getMessage()).contains("customer_credentials");
    }

    @Test
    void a_provider_is_found_by_id_alias_and_prefix() {
        for (String name : new String[] {"azure_openai", "azure"}) {
            RequestCredentials credentials = customers(customer(name, Map.of("api_key", KEY, "api_base", "https://my.openai.azure.com/", "api_version", "2024-10-21")));
            CredentialChoice choice = only(resolver().choices(call(credentials), AZURE, "azure/my-deployment", Map.of()));
            assertThat(choice.baseUrl()).hasToString("https://my.openai.azure.com");
            assertThat(choice.source().isTrusted()).isFalse();
            assertThat(choice.source().param()).isEqualTo("customer_credentials." + name + ".api_base");
            assertThat(((Credential.Fields) choice.credential()).get("api_version")).isEqualTo("2024-10-21");
        }
        for (String name : new String[] {"google_vertex_ai", "vertex_ai"}) {
            CredentialChoice choice = only(resolver().choices(call(customers(customer(name, Map.of("vertex_ai_project", "p-123", "vertex_ai_location", "us-central1",
                    "vertex_ai_credentials", "{\"type\":\"service_account\",\"client_x509_cert_url\":\"https://www.googleapis.com/x\"}")))), VERTEX, "vertex_ai/gemini-x", Map.of()));
            assertThat(choice.baseUrl()).hasToString("https://us-central1-aiplatform.googleapis.com");
            assertThat(choice.source().isTrusted()).as("the provider's own code wrote the address").isTrue();
        }
        CredentialChoice aws = only(resolver().choices(call(customers(customer("bedrock", Map.of("aws_access_key_id", "AKIA1", "aws_secret_access_key", KEY, "aws_region_name", "us-west-2",
                "aws_session_token", "t")))), BEDROCK, "bedrock/anthropic.claude-3", Map.of()));
        assertThat(aws.credential()).isEqualTo(new Credential.AwsKeys("AKIA1", KEY, "t", "us-west-2"));
        assertThat(aws.baseUrl()).hasToString("https://bedrock-runtime.us-west-2.amazonaws.com");
        assertThat(refusal(OPENAI, customers(customer("opnai", Map.of("api_key", KEY))), "gpt-4o").param()).isEqualTo("customer_credentials.opnai");
    }

    @Test
    void models_are_allowed_and_excluded_with_and_without_their_prefix() {
        Customer a = new Customer("openai", Map.of("api_key", "A"), 1, Set.of("gpt-3.5-turbo"), Set.of("gpt-4"), "customer_credentials[0].credentials.openai");
        Customer b = new Customer("openai", Map.of("api_key", "B"), 3, Set.of(), Set.of("openai/o3"), "customer_credentials[1].credentials.openai");
        for (String prefix : new String[] {"", "openai/"}) {
            assertThat(keys(customers(a, b), prefix + "gpt-3.5-turbo")).containsExactly("A 1.0", "B 3.0");
            assertThat(keys(customers(a, b), prefix + "gpt-4")).containsExactly("B 3.0");
            assertThat(keys(customers(a, b), prefix + "gpt-4o")).as("an allow-list allows nothing else").containsExactly("B 3.0");
            assertThat(keys(customers(a, b), prefix + "o3")).as("nobody's: the next owner's").containsExactly("sk-operator 1.0");
        }
    }

    private static List<String> keys(RequestCredentials credentials, String model) {
        return resolver().choices(call(credentials), OPENAI, model, Map.of()).stream()
                .map(choice -> ((Credential.ApiKey) choice.credential()).value() + " " + choice.weight()).toList();
    }

    @ParameterizedTest
    @CsvSource({"openai,api_kee,customer_credentials.openai.api_kee", "openai,organization,customer_credentials.openai.organization", "bedrock,api_version,customer_credentials.bedrock.api_version"})
    void an_unknown_field_is_refused_by_its_path(String provider, String field, String param) {
        GatewayException refused = refusal(provider.equals("openai") ? OPENAI : BEDROCK, customers(customer(provider, Map.of("api_key", KEY, field, "x"))), "m");
        assertThat(refused.type()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(refused.param()).isEqualTo(param);
        assertThat(refused.getMessage()).contains("api_key");
    }

    @Test
    void what_is_missing_is_told() {
        assertThat(refusal(BEDROCK, customers(customer("bedrock", Map.of("aws_access_key_id", "AKIA1"))), "m").param()).isEqualTo("customer_credentials.bedrock");
        assertThat(refusal(AZURE, customers(customer("azure", Map.of("api_key", KEY))), "azure/x")).hasMessageContaining("api_base");
        assertThat(refusal(VERTEX, customers(customer("vertex_ai", Map.of("vertex_ai_credentials", "not json"))), "m").param()).isEqualTo("customer_credentials.vertex_ai.vertex_ai_credentials");
        assertThat(refusal(BEDROCK, customers(customer("bedrock", Map.of("api_key", KEY, "aws_region_name", "evil.com/x"))), "m").param()).isEqualTo("customer_credentials.bedrock");
    }

    /** K3. */
    @ParameterizedTest
    @ValueSource(strings = {"sk-SENTINEL\r\nX-Evil: 1", "sk-SENTINEL\n", "sk-SENTINEL\0", "sk-SENTINELé", "sk SENTINEL", "sk-SENTINEL\u007f"})
    void k3_a_key_that_no_header_can_carry_is_refused_without_being_told(String key) {
        GatewayException refused = refusal(OPENAI, customers(customer("openai", Map.of("api_key", key))), "gpt-4o");
        assertThat(refused.type()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(refused.param()).isEqualTo("customer_credentials.openai.api_key");
        assertThat(refused.getCause()).isNull();
    }

    /** S1: the address goes with the key of its own object or not at all. */
    @Test
    void s1_an_address_never_gets_somebody_elses_key() {
        for (Provider provider : new Provider[] {OPENAI, AZURE, BEDROCK, VERTEX, VLLM}) {
            GatewayException refused = refusal(provider, override("m", Map.of("api_base", "https://attacker.test")), "m");
            assertThat(refused.type()).as(provider.id()).isEqualTo(ErrorType.API_BASE_NOT_ALLOWED);
            assertThat(refused.param()).isEqualTo("credential_override.m.api_base");
        }
        RequestCredentials both = new RequestCredentials(Map.of("m", Map.of("api_base", "https://attacker.test")), List.of(customer("openai", Map.of("api_key", KEY))), Map.of(), Map.of());
        assertThat(refusal(OPENAI, both, "m").type()).as("nor the customer's from beside it").isEqualTo(ErrorType.API_BASE_NOT_ALLOWED);
        GatewayException region = refusal(BEDROCK, customers(customer("bedrock", Map.of("aws_region_name", "us-east-1", "api_base", "https://attacker.test"))), "m");
        assertThat(region.type()).isEqualTo(ErrorType.API_BASE_NOT_ALLOWED);
    }

    /** S3: what a load balance item brings. */
    @ParameterizedTest
    @ValueSource(strings = {"base_url", "endpoint", "Host", "api_base_url"})
    void s3_an_address_under_another_name_is_refused_in_a_load_balance_item_too(String name) {
        assertThatThrownBy(() -> resolver().choices(call(RequestCredentials.NONE), OPENAI, "gpt-4o", Map.of("api_key", KEY, name, "https://attacker.test")))
                .isInstanceOfSatisfying(GatewayException.class, e -> {
                    assertThat(e.type()).isEqualTo(ErrorType.API_BASE_NOT_ALLOWED);
                    assertThat(e.param()).isEqualTo("credentials." + name);
                });
    }

    @Test
    void an_address_that_is_no_uri_is_left_to_the_policy_to_refuse() {
        CredentialChoice choice = only(resolver().choices(call(override("m", Map.of("api_key", KEY, "api_base", "http://good\\@evil"))), OPENAI, "m", Map.of()));
        assertThat(choice.source().isTrusted()).isFalse();
        assertThat(choice.source().address()).isNull();
        assertThat(choice.baseUrl().getHost()).endsWith(".invalid");
    }

    @Test
    void an_address_may_stand_beside_any_key_but_the_demos() {
        CredentialChoice choice = only(resolver().choices(call(override("gpt-4o", Map.of("api_key", KEY, "api_base", "https://llm.partner.io/v1/"))), OPENAI, "gpt-4o", Map.of()));
        assertThat(choice.baseUrl()).hasToString("https://llm.partner.io/v1");
        assertThat(choice.credential()).isEqualTo(new Credential.ApiKey(KEY));
        assertThat(refusal(DEMO, customers(customer("demo", Map.of("api_key", KEY, "api_base", "https://x.io"))), "demo/echo").param()).isEqualTo("customer_credentials.demo.api_base");
    }

    @Test
    void a_key_without_an_address_goes_where_the_operator_says() {
        Map<String, String> environment = new HashMap<>(Map.of("OPENAI_BASE_URL", "http://127.0.0.1:9/v1"));
        CredentialChoice choice = only(resolver(environment).choices(call(customers(customer("openai", Map.of("api_key", KEY)))), OPENAI, "gpt-4o", Map.of()));
        assertThat(choice.baseUrl()).hasToString("http://127.0.0.1:9/v1");
        assertThat(choice.source().isTrusted()).isTrue();
        assertThat(only(resolver().choices(call(customers(customer("openai", Map.of("api_key", KEY)))), OPENAI, "gpt-4o", Map.of())).baseUrl()).isEqualTo(OPENAI.baseUrl());
    }

    @Test
    void an_organizations_address_is_not_trusted_unless_it_would_be_called_anyway() {
        CredentialChoice own = new CredentialChoice("stored:7", "eu", Owner.STORED, new Credential.ApiKey("k"), URI.create("https://llm.partner.io/v1"), 1);
        CredentialChoice usual = new CredentialChoice("stored:8", "us", Owner.STORED, new Credential.ApiKey("k"), OPENAI.baseUrl(), 1);
        CredentialChoice plain = new CredentialChoice("stored:9", "plain", Owner.STORED, new Credential.ApiKey("k"), null, 1);
        List<CredentialChoice> choices = resolver(Map.of(), own, usual, plain).choices(call(RequestCredentials.NONE), OPENAI, "gpt-4o", Map.of());
        assertThat(choices.stream().map(choice -> choice.source().isTrusted())).containsExactly(false, true, true);
        assertThat(choices.stream().map(CredentialChoice::baseUrl)).containsExactly(own.baseUrl(), OPENAI.baseUrl(), OPENAI.baseUrl());
        Deployment deployment = choices.get(0).deployment(OPENAI, "gpt-4o");
        assertThat(deployment.id()).isEqualTo("openai/gpt-4o#eu");
        assertThat(deployment.source()).isEqualTo(choices.get(0).source());
        assertThat(deployment.source().organization()).isEqualTo("acme");
        assertThat(deployment.isCustom()).isTrue();
    }

    @Test
    void an_address_that_was_stored_is_not_trusted_in_whatever_shape() {
        Provider own = new OwnProvider("my-llm", "https://llm.partner.io/v1", OwnProvider.Defaults.NONE, new OpenAiDialect());
        CredentialChoice key = new CredentialChoice("provider:3", "mine", Owner.CUSTOM_PROVIDER, new Credential.ApiKey("k"), own.baseUrl(), 1);
        CredentialChoice azure = new CredentialChoice("stored:4", "az", Owner.STORED, new Credential.Fields(Map.of("api_key", "k", "api_base", "https://x.openai.azure.com")),
                URI.create("https://x.openai.azure.com"), 1);
        CredentialChoice without = new CredentialChoice("stored:4", "az", Owner.STORED, azure.credential(), null, 1);
        CredentialResolver resolver = resolver(Map.of());
        assertThat(resolver.addressed("acme", own, key).source().isTrusted()).isFalse();
        assertThat(resolver.addressed("acme", AZURE, azure).source().isTrusted()).isFalse();
        assertThat(resolver.addressed("acme", AZURE, without).source().address()).isEqualTo(azure.baseUrl());
        CredentialResolver proxied = resolver(Map.of("AZURE_OPENAI_BASE_URL", "https://x.openai.azure.com/"));
        assertThat(proxied.addressed("acme", AZURE, azure).source().isTrusted()).as("the operator says the same").isTrue();
        CredentialChoice aws = new CredentialChoice("stored:5", "aws", Owner.STORED, new Credential.AwsKeys("a", "s", null, "eu-west-1"), null, 1);
        assertThat(resolver.addressed("acme", BEDROCK, aws).baseUrl()).hasToString("https://bedrock-runtime.eu-west-1.amazonaws.com");
        assertThat(resolver.addressed("acme", BEDROCK, aws).source().isTrusted()).isTrue();
        CredentialChoice brought = only(resolver.choices(call(override("my-llm/x", Map.of("api_key", KEY))), own, "my-llm/x", Map.of()));
        assertThat(brought.source().isTrusted()).as("the address of an organization's provider, with a request's key").isFalse();
    }

    @Test
    void a_deployment_is_named_by_what_pays_and_never_shows_it() {
        CredentialResolver resolver = resolver();
        CredentialChoice first = only(resolver.choices(call(customers(customer("openai", Map.of("api_key", KEY)))), OPENAI, "gpt-4o", Map.of()));
        CredentialChoice again = only(resolver.choices(call(override("gpt-4o", Map.of("api_key", KEY))), OPENAI, "gpt-4o", Map.of()));
        CredentialChoice other = only(resolver.choices(call(override("gpt-4o", Map.of("api_key", KEY + "x"))), OPENAI, "gpt-4o", Map.of()));
        CredentialChoice elsewhere = only(resolver.choices(call(override("gpt-4o", Map.of("api_key", KEY, "api_base", "https://x.io"))), OPENAI, "gpt-4o", Map.of()));
        assertThat(first.id()).matches("request:[0-9a-f]{8}").isEqualTo(again.id()).isNotEqualTo(other.id()).isNotEqualTo(elsewhere.id());
        assertThat(only(resolver().choices(call(override("gpt-4o", Map.of("api_key", KEY))), OPENAI, "gpt-4o", Map.of())).id()).as("another process").isNotEqualTo(first.id());
        assertThat(first.deployment(OPENAI, "gpt-4o").id()).isEqualTo("openai/gpt-4o#" + first.id());
        assertThat(first.deployment(OPENAI, "gpt-4o").toString() + first + other.source() + call(override("m", Map.of("api_key", KEY))).options()).doesNotContain("SENTINEL");
        CredentialChoice operators = only(resolver.choices(call(RequestCredentials.NONE), OPENAI, "gpt-4o", Map.of()));
        assertThat(operators.deployment(OPENAI, "gpt-4o")).isEqualTo(new Deployment("openai/gpt-4o", "openai", "gpt-4o", OPENAI.baseUrl(), Map.of()));
        assertThat(operators.deployment(OPENAI, "").id()).isEqualTo("openai");
    }

    @Test
    void who_brings_a_key_needs_no_operator_and_what_is_switched_off_stays_off() {
        assertThat(resolver(Map.of()).choices(call(RequestCredentials.NONE), OPENAI, "gpt-4o", Map.of())).isEmpty();
        assertThat(resolver(Map.of()).choices(call(customers(customer("openai", Map.of("api_key", KEY)))), OPENAI, "gpt-4o", Map.of())).hasSize(1);
        assertThat(resolver(Map.of("GATEWAY_DEMO_ENABLED", "false")).choices(call(customers(customer("demo", Map.of("api_key", KEY)))), DEMO, "demo/echo", Map.of())).isEmpty();
        assertThatThrownBy(() -> resolver().choices(call(RequestCredentials.NONE), OPENAI, "gpt-4o", Map.of("api_base", "https://attacker.test")))
                .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.param()).isEqualTo("credentials.api_base"));
    }
}
