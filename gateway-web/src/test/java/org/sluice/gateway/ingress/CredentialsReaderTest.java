package org.sluice.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.call.RequestCredentials;
import org.sluice.gateway.call.RequestCredentials.Customer;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Every place and every form in which a request may bring credentials. */
class CredentialsReaderTest {
    private static final String URL = "https://attacker.test/v1";

    private static GatewayOptions options(String json, FakeExchange exchange) {
        RequestOutline outline = new OpenAiDialect().readOutline(json.replace('\'', '"').getBytes(UTF_8));
        return GatewayOptionsReader.read(outline, exchange, Door.chat(new OpenAiDialect()));
    }

    private static RequestCredentials read(String members) {
        return options("{'model':'m'," + members + ",'messages':[]}", new FakeExchange("{}")).credentials();
    }

    private static GatewayException refused(String members, String... headers) {
        try {
            FakeExchange exchange = new FakeExchange("{}");
            for (int i = 0; i < headers.length; i += 2) {
                exchange.header(headers[i], headers[i + 1].replace('\'', '"'));
            }
            options("{'model':'m'," + (members.isEmpty() ? "" : members + ",") + "'messages':[]}", exchange);
        } catch (GatewayException e) {
            assertThat(e.getMessage()).doesNotContain("attacker", "SENTINEL");
            return e;
        }
        throw new AssertionError("not refused: " + members);
    }

    @Test
    void an_object_by_provider() {
        assertThat(read("'customer_credentials':{'openai':{'api_key':'a'},'bedrock':{'aws_access_key_id':'i','aws_secret_access_key':'s','aws_region_name':'us-west-2'},'groq':null}").customers())
                .containsExactly(new Customer("openai", Map.of("api_key", "a"), 1, Set.of(), Set.of(), "customer_credentials.openai"),
                        new Customer("bedrock", Map.of("aws_access_key_id", "i", "aws_secret_access_key", "s", "aws_region_name", "us-west-2"), 1, Set.of(), Set.of(), "customer_credentials.bedrock"));
    }

    @Test
    void a_list_of_shares() {
        assertThat(read("'customer_credentials':[{'credentials':{'openai':{'api_key':'A'}},'weight':1.0,'available_models':['gpt-3.5-turbo'],'exclude_models':['gpt-4']},"
                + "{'credentials':{'openai':'B'},'weight':0.5}]").customers()).containsExactly(
                new Customer("openai", Map.of("api_key", "A"), 1, Set.of("gpt-3.5-turbo"), Set.of("gpt-4"), "customer_credentials[0].credentials.openai"),
                new Customer("openai", Map.of("api_key", "B"), 0.5, Set.of(), Set.of(), "customer_credentials[1].credentials.openai"));
    }

    @Test
    void shares_by_provider_and_a_plain_key() {
        assertThat(read("'customer_credentials':{'openai':[{'weight':2,'credentials':{'api_key':'A'}},{'credentials':'B'}],'groq':'C'}").customers()).containsExactly(
                new Customer("openai", Map.of("api_key", "A"), 2, Set.of(), Set.of(), "customer_credentials.openai[0].credentials"),
                new Customer("openai", Map.of("api_key", "B"), 1, Set.of(), Set.of(), "customer_credentials.openai[1].credentials"),
                new Customer("groq", Map.of("api_key", "C"), 1, Set.of(), Set.of(), "customer_credentials.groq"));
    }

    @Test
    void a_service_account_is_an_object_or_its_text() {
        String account = "{'type':'service_account','client_x509_cert_url':'https://www.googleapis.com/x','private_key':'a\\nb'}";
        assertThat(read("'customer_credentials':{'google_vertex_ai':{'vertex_ai_project':'p','vertex_ai_credentials':" + account + "}}").customers().get(0).fields())
                .isEqualTo(Map.of("vertex_ai_project", "p", "vertex_ai_credentials", account.replace('\'', '"')));
        assertThat(read("'customer_credentials':{'vertex_ai':{'vertex_ai_credentials':'{}'}}").customers().get(0).fields()).containsEntry("vertex_ai_credentials", "{}");
    }

    @Test
    void the_other_three() {
        RequestCredentials read = read("'credential_override':{'azure/gpt-4o':{'api_key':'k','api_base':'https://x.openai.azure.com','api_version':'2024-02-01'}},"
                + "'model_name_map':{'azure/gpt-4o':'azure/my-deployment'},'customer_api_keys':{'gpt-4':'q'}");
        assertThat(read.overrides()).isEqualTo(Map.of("azure/gpt-4o", Map.of("api_key", "k", "api_base", "https://x.openai.azure.com", "api_version", "2024-02-01")));
        assertThat(read.modelNames()).isEqualTo(Map.of("azure/gpt-4o", "azure/my-deployment"));
        assertThat(read.keys()).isEqualTo(Map.of("gpt-4", "q"));
        assertThat(read("'stream':false")).isSameAs(RequestCredentials.NONE);
    }

    @Test
    void the_header_and_respan_params_bring_them_too() {
        String json = "{\"customer_credentials\":{\"openai\":\"a\"}}";
        assertThat(read("'respan_params':" + json.replace('"', '\'')).customers()).hasSize(1);
        FakeExchange exchange = new FakeExchange("{}").header("X-Data-Respan-Params", Base64.getEncoder().encodeToString(json.getBytes(UTF_8)));
        assertThat(options("{'model':'m','messages':[]}", exchange).credentials().customers()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "'customer_credentials':7 | customer_credentials", "'customer_credentials':'sk-SENTINEL' | customer_credentials", "'customer_credentials':{'openai':7} | customer_credentials.openai",
        "'customer_credentials':{'openai':{}} | customer_credentials.openai", "'customer_credentials':{'openai':{'api_key':7}} | customer_credentials.openai.api_key",
        "'customer_credentials':{'openai':{'api_key':''}} | customer_credentials.openai.api_key", "'customer_credentials':{'openai':''} | customer_credentials.openai",
        "'customer_credentials':{'openai':['sk-SENTINEL']} | customer_credentials.openai[0]", "'customer_credentials':[{'weight':1}] | customer_credentials[0].credentials",
        "'customer_credentials':[{'credentials':{'openai':'a'},'weight':0}] | customer_credentials[0].weight", "'customer_credentials':[{'credentials':{'openai':'a'},'weight':-1}] | customer_credentials[0].weight",
        "'customer_credentials':[{'credentials':{'openai':'a'},'weight':'1'}] | customer_credentials[0].weight", "'customer_credentials':[{'credentials':{'openai':'a'},'models':[]}] | customer_credentials[0].models",
        "'customer_credentials':[{'credentials':{'openai':'a'},'available_models':'x'}] | customer_credentials[0].available_models", "'credential_override':[] | credential_override",
        "'credential_override':{'m':7} | credential_override.m", "'customer_api_keys':{'m':['SENTINEL']} | customer_api_keys.m", "'model_name_map':{'m':7} | model_name_map.m",
        "'model_name_map':{'m':'../x'} | model_name_map.m", "'model_name_map':{'m':'a b'} | model_name_map.m", "'model_name_map':{'m':'x/'} | model_name_map.m"})
    void what_is_malformed_is_refused_by_its_path(String members, String param) {
        GatewayException refused = refused(members.strip());
        assertThat(refused.type()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(refused.param()).isEqualTo(param.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'customer_credentials':{'openai':{'api_key':'a','api_key':'b'}}", "'customer_credentials':{'openai':'a','openai':'b'}", "'credential_override':{'m':{'api_key':'a','api_key':'b'}}",
        "'model_name_map':{'m':'a','m':'b'}", "'load_balance_group':{'group_id':'g','models':[{'model':'m','credentials':{'api_key':'a','api_key':'b'}}]}",
        "'respan_params':{'customer_credentials':{'openai':{'api_key':'a','api_key':'b'}}}"})
    void a_name_that_stands_twice_is_refused(String members) {
        assertThat(refused(members).type()).isEqualTo(ErrorType.DUPLICATE_KEY);
    }

    @Test
    void a_name_that_stands_twice_in_the_header_is_refused() {
        assertThat(refused("", "X-Data-Respan-Params", "{'customer_credentials':{'openai':{'api_key':'a','api_key':'b'}}}").type()).isEqualTo(ErrorType.DUPLICATE_KEY);
    }

    /** S3: an address in any other place or spelling than the one that is understood. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "'api_base':'URL' | api_base", "'base_url':'URL' | base_url", "'baseURL':'URL' | baseURL", "'azure_endpoint':'URL' | azure_endpoint",
        "'respan_params':{'api_base':'URL'} | respan_params.api_base", "'respan_params':{'base_url':'URL'} | respan_params.base_url", "'keywordsai_params':{'proxy_host':'URL'} | keywordsai_params.proxy_host",
        "'customer_credentials':{'openai':{'api_key':'a','base_url':'URL'}} | customer_credentials.openai.base_url", "'customer_credentials':{'openai':{'api_key':'a','API_BASE':'URL'}} | customer_credentials.openai.API_BASE",
        "'customer_credentials':{'openai':{'api_key':'a','endpoint':'URL'}} | customer_credentials.openai.endpoint", "'customer_credentials':{'openai':{'api_key':'a','azureEndpointName':'URL'}} | customer_credentials.openai.azureEndpointName",
        "'customer_credentials':[{'credentials':{'openai':{'api_key':'a','hostname':'URL'}}}] | customer_credentials[0].credentials.openai.hostname",
        "'customer_credentials':[{'credentials':{'openai':'a'},'base_url':'URL'}] | customer_credentials[0].base_url",
        "'customer_credentials':{'openai':[{'credentials':{'api_key':'a','proxy_url':'URL'}}]} | customer_credentials.openai[0].credentials.proxy_url",
        "'customer_credentials':{'openai':{'api_key':'a','extra_kwargs':{'base_url':'URL'}}} | customer_credentials.openai.extra_kwargs.base_url",
        "'customer_credentials':{'vertex_ai':{'vertex_ai_credentials':{'a':[{'token_url':'URL'}]}}} | customer_credentials.vertex_ai.vertex_ai_credentials.a[0].token_url",
        "'credential_override':{'m':{'api_key':'a','base_url':'URL'}} | credential_override.m.base_url", "'model_name_map':{'m':'URL'} | model_name_map.m", "'model_name_map':{'m':'//attacker.test'} | model_name_map.m"})
    void s3_an_address_anywhere_else_is_refused(String members, String param) {
        GatewayException refused = refused(members.strip().replace("'URL'", "'" + URL + "'"));
        assertThat(refused.type()).isEqualTo(ErrorType.API_BASE_NOT_ALLOWED);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.param()).isEqualTo(param.strip());
    }

    @Test
    void s3_nor_in_the_header() {
        GatewayException refused = refused("", "X-Data-Respan-Params", "{'api_base':'" + URL + "'}");
        assertThat(refused.type()).isEqualTo(ErrorType.API_BASE_NOT_ALLOWED);
        assertThat(refused.param()).isEqualTo("X-Data-Respan-Params.api_base");
        assertThat(refused("'extra_headers':{'Host':'attacker.test'}").type()).isEqualTo(ErrorType.INVALID_VALUE);
    }

    @Test
    void addresses_that_are_a_models_business_pass() {
        GatewayOptions read = options("{'model':'m','messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'http://169.254.169.254/'}}]}],'database':1,'hosts':1}", new FakeExchange("{}"));
        assertThat(read.credentials()).isSameAs(RequestCredentials.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2", "3"})
    void s15_a_request_may_have_come_through_three_gateways(String hops) {
        assertThat(options("{'model':'m','messages':[]}", new FakeExchange("{}").header(GatewayOptions.HOPS_HEADER, hops)).hops()).isEqualTo(Integer.parseInt(hops));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "9", "10", "-1", "x", "", "1, 1"})
    void s15_but_not_through_more(String hops) {
        GatewayException refused = refused("", GatewayOptions.HOPS_HEADER, hops);
        assertThat(List.of(refused.type().code(), refused.param())).containsExactly("api_base_not_allowed", GatewayOptions.HOPS_HEADER);
    }
}
