package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Providers and models of an organization's own, made over REST and called by the next request (contract 8). */
class CustomModelsIT {
    private static final String ANSWER = "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"llama-3\",\"choices\":[{\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100}}";
    private static final String SECRET = "sk-SENTINEL-of-an-organization";
    private final FaultServer faults = FaultServer.shared();
    private final ManagementClient client = new ManagementClient(faults.server(), ServerUnderTest.key());
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    private String base() {
        return "http://127.0.0.1:" + faults.upstream().port() + "/own/v1";
    }

    private void answering() {
        faults.upstream().answerWith(exchange -> {
            heads.add(exchange.head());
            bodies.add(exchange.body());
            exchange.answer(200, "application/json", ANSWER);
        });
    }

    private JsonObject made(String providerId, String more) throws Exception {
        return client.asked(201, "POST", "/api/providers/", "{\"provider_id\":\"" + providerId + "\",\"provider_name\":\"My vLLM\",\"api_key\":\"" + SECRET
                + "\",\"organization\":\"other\",\"id\":\"99\",\"created_at\":\"1970-01-01T00:00:00Z\",\"extra_kwargs\":{\"base_url\":\"" + base() + "/\"" + more + "}}");
    }

    @AfterEach
    void deleteAll() throws Exception {
        for (JsonValue model : array("/api/models?all=true")) {
            if ("custom".equals(((JsonObject) model).text("affiliation_category"))) {
                client.send("DELETE", "/api/models/" + ((JsonObject) model).text("model_name") + "/", null);
            }
        }
        for (JsonValue provider : client.asked(200, "GET", "/api/providers/", null).items("results")) {
            client.asked(204, "DELETE", "/api/providers/" + ((JsonObject) provider).text("provider_id") + "/", null);
        }
    }

    private List<JsonValue> array(String path) throws Exception {
        return ((JsonArray) JsonReader.read(faults.server().get(path).body().getBytes(StandardCharsets.UTF_8))).items();
    }

    private static JsonObject named(List<JsonValue> models, String name) {
        return models.stream().map(JsonObject.class::cast).filter(model -> name.equals(model.text("model_name"))).findFirst().orElseThrow();
    }

    @Test
    void a_provider_and_a_model_are_called_by_the_next_request_and_priced() throws Exception {
        answering();
        JsonObject provider = made("own-vllm", ",\"temperature\":0.25,\"max_tokens\":77,\"timeout\":30");
        assertThat(provider.text("id")).isEqualTo("own-vllm");
        assertThat(provider.text("created_at")).startsWith("20");
        assertThat(provider.object("extra_kwargs").text("base_url")).isEqualTo(base());
        JsonObject model = client.asked(201, "POST", "/api/models/", "{\"model_name\":\"team/llama-3\",\"custom_provider_id\":\"own-vllm\",\"display_name\":\"Llama\","
                + "\"input_cost\":2.5,\"output_cost\":10,\"max_context_window\":8192,\"function_call\":1,\"supported_params_override\":{\"top_k\":{\"max\":4}}}");
        assertThat(model.text("model_name")).isEqualTo("team/llama-3");
        assertThat(model.text("affiliation_category")).isEqualTo("custom");
        assertThat(model.text("source")).isEqualTo("db");
        HttpResponse<String> answer = faults.ask("team/llama-3", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(heads.get(0)).startsWith("POST /own/v1/chat/completions ").contains("Bearer " + SECRET);
        JsonObject sent = JsonReader.readObject(bodies.get(0).getBytes(StandardCharsets.UTF_8));
        assertThat(sent.text("model")).isEqualTo("team/llama-3");
        assertThat(((JsonNumber) sent.get("temperature")).text()).isEqualTo("0.25");
        assertThat(sent.number("max_tokens", 0)).isEqualTo(77);
        JsonObject row = faults.log().row(answer.headers().firstValue("X-Respan-Log-Id").orElseThrow());
        assertThat(((JsonNumber) row.get("cost")).decimal()).isEqualByComparingTo("0.0035");
        assertThat(row.text("provider_id")).isEqualTo("own-vllm");
        assertThat(row.raw().text()).doesNotContain("SENTINEL");
    }

    @Test
    void a_model_is_seen_everywhere_and_changed_and_deleted_by_its_name_with_slashes() throws Exception {
        made("own-vllm", "");
        client.asked(201, "POST", "/api/models/", "{\"model_name\":\"own-vllm/a/b\",\"input_cost\":1,\"output_cost\":2}");
        assertThat(named(array("/api/models?all=true"), "own-vllm/a/b").text("affiliation_category")).isEqualTo("custom");
        assertThat(faults.server().get("/api/models").body()).contains("\"own-vllm/a/b\"");
        assertThat(client.asked(200, "POST", "/api/models/list/", "{\"search\":\"own-vllm/a\"}").number("count", -1)).isEqualTo(1);
        assertThat(client.asked(200, "POST", "/api/models/summary/", "{\"provider_id\":\"own-vllm\"}").number("count", -1)).isEqualTo(1);
        assertThat(faults.server().get("/api/models/public").body()).doesNotContain("own-vllm");
        assertThat(client.asked(200, "GET", "/api/models/own-vllm/a/b/", null).text("upstream_model")).isEqualTo("a/b");
        JsonObject patched = client.asked(200, "PATCH", "/api/models/own-vllm/a/b/", "{\"output_cost\":3.5,\"model_name\":\"stolen\"}");
        assertThat(((JsonNumber) patched.get("output_cost")).decimal()).isEqualByComparingTo("3.5");
        assertThat(((JsonNumber) patched.get("input_cost")).decimal()).isEqualByComparingTo("1");
        assertThat(client.asked(200, "POST", "/api/models", "{\"model_name\":\"own-vllm/a/b\",\"display_name\":\"Again\"}").text("display_name")).isEqualTo("Again");
        JsonObject whole = client.asked(200, "PUT", "/api/models/own-vllm/a/b", "{\"input_cost\":7,\"output_cost\":8}");
        assertThat(whole.text("display_name")).as("what is not mentioned goes").isEqualTo("own-vllm/a/b");
        assertThat(client.refused(400, "DELETE", "/api/providers/own-vllm/", null)).contains("own-vllm/a/b");
        client.asked(204, "DELETE", "/api/models/own-vllm/a/b/", null);
        client.refused(404, "GET", "/api/models/own-vllm/no/", null);
        client.refused(404, "DELETE", "/api/models/own-vllm/a/b/", null);
        client.refused(404, "PATCH", "/api/models/own-vllm/a/b/", "{}");
    }

    @Test
    void a_model_made_from_another_has_its_price_and_is_called_by_its_name() throws Exception {
        answering();
        client.asked(201, "POST", "/api/models/", "{\"model_name\":\"our-assistant\",\"base_model_name\":\"gpt-4o-mini\"}");
        assertThat(faults.ask("our-assistant", "").statusCode()).isEqualTo(200);
        assertThat(bodies.get(0)).contains("\"gpt-4o-mini\"");
        JsonObject listed = client.asked(200, "GET", "/api/models/our-assistant/", null);
        assertThat(listed.text("base_model_name")).isEqualTo("gpt-4o-mini");
        assertThat(((JsonNumber) listed.get("input_cost")).decimal()).isPositive();
        HttpResponse<String> unknown = client.send("POST", "/api/models/", "{\"model_name\":\"x-model\",\"base_model_name\":\"gpt-4o-minii\"}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("\"error\":\"Base model not found\"");
    }

    @Test
    void what_is_built_in_is_nobodys_own() throws Exception {
        for (String name : new String[] {"gpt-4o", "openai/gpt-4o", "demo/echo"}) {
            assertThat(client.refused(403, "DELETE", "/api/models/" + name + "/", null)).contains("Cannot delete hardcoded models.");
            client.refused(403, "PATCH", "/api/models/" + name + "/", "{\"input_cost\":0}");
            client.refused(403, "POST", "/api/models/", "{\"model_name\":\"" + name + "\",\"provider_id\":\"openai\"}");
        }
        for (String id : new String[] {"openai", "together_ai", "demo"}) {
            assertThat(client.refused(400, "POST", "/api/providers/", "{\"provider_id\":\"" + id + "\",\"extra_kwargs\":{\"base_url\":\"" + base() + "\"}}")).contains(id);
        }
    }

    @Test
    void a_key_goes_to_the_address_it_was_stored_for_only() throws Exception {
        answering();
        made("own-vllm", "");
        String elsewhere = "{\"extra_kwargs\":{\"base_url\":\"" + base() + "/elsewhere\"}}";
        assertThat(client.refused(403, "PATCH", "/api/providers/own-vllm/", elsewhere)).contains("api_key");
        client.refused(403, "PUT", "/api/providers/own-vllm/", elsewhere);
        client.refused(403, "POST", "/api/providers/", elsewhere.replaceFirst("\\{", "{\"provider_id\":\"own-vllm\","));
        assertThat(client.asked(200, "GET", "/api/providers/own-vllm/", null).object("extra_kwargs").text("base_url")).isEqualTo(base());
        client.asked(200, "PATCH", "/api/providers/own-vllm/", elsewhere.replaceFirst("\\{", "{\"api_key\":\"sk-another\","));
        assertThat(faults.ask("own-vllm/anything", "").statusCode()).isEqualTo(200);
        assertThat(heads.get(0)).startsWith("POST /own/v1/elsewhere/chat/completions ").contains("Bearer sk-another").doesNotContain(SECRET);
    }

    @Test
    void an_address_inside_the_network_is_refused_unless_the_operator_lists_it() throws Exception {
        for (String address : new String[] {"http://127.0.0.1:1/v1", "https://127.0.0.1/v1", "http://llm.example.com/v1", "https://169.254.169.254/latest", "https://localhost/v1",
            "https://user@llm.example.com/v1", "https://llm.example.com/v1?x=1", "https://2130706433/v1", "file:///etc/passwd", "nonsense"}) {
            String message = client.refused(400, "POST", "/api/providers/", "{\"provider_id\":\"own-x\",\"extra_kwargs\":{\"base_url\":\"" + address + "\"}}");
            assertThat(message).as(address).contains("base_url");
        }
        client.refused(400, "POST", "/api/providers/", "{\"provider_id\":\"own-x\",\"extra_kwargs\":{\"base_url\":\"https://llm.example.com/v1\",\"api_endpoint\":\"http://127.0.0.1\"}}");
        client.refused(404, "GET", "/api/providers/own-x/", null);
    }

    @Test
    void a_test_key_looks_but_does_not_touch() throws Exception {
        made("own-vllm", "");
        ManagementClient test = new ManagementClient(faults.server(), FaultServer.TEST_KEY);
        assertThat(test.asked(200, "GET", "/api/providers/", null).number("count", -1)).isEqualTo(1);
        test.refused(403, "POST", "/api/providers/", "{\"provider_id\":\"own-y\",\"extra_kwargs\":{\"base_url\":\"" + base() + "\"}}");
        test.refused(403, "DELETE", "/api/providers/own-vllm/", null);
        test.refused(403, "POST", "/api/models/", "{\"model_name\":\"own-vllm/m\"}");
        test.refused(403, "PATCH", "/api/settings/routing/", "{}");
    }
}
