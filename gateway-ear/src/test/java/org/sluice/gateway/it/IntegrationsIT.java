package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Stored provider keys, routing settings and load balance groups over REST. */
class IntegrationsIT {
    private static final String KEY = "sk-SENTINELstored0123456789wxyz";
    private static final String ANSWER = "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    private final FaultServer faults = FaultServer.shared();
    private final ManagementClient client = new ManagementClient(faults.server(), ServerUnderTest.key());
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private void answering(int status, String body) {
        faults.upstream().answerWith(exchange -> {
            heads.add(exchange.head());
            exchange.answer(status, "application/json", body);
        });
    }

    private static String openAi(String more) {
        return "{\"provider\":\"openai\",\"credentials\":{\"api_key\":\"" + KEY + "\"}" + more + "}";
    }

    @AfterEach
    void deleteAll() throws Exception {
        for (JsonValue key : client.asked(200, "GET", "/api/integrations/", null).items("results")) {
            client.asked(204, "DELETE", "/api/integrations/" + ((JsonObject) key).text("id") + "/", null);
        }
        for (JsonValue group : client.asked(200, "GET", "/api/load-balance-groups/", null).items("results")) {
            client.asked(204, "DELETE", "/api/load-balance-groups/" + ((JsonObject) group).text("group_id") + "/", null);
        }
        client.asked(200, "PUT", "/api/settings/routing/", "{}");
    }

    @Test
    void a_stored_key_is_used_by_the_next_call_for_the_models_it_is_for() throws Exception {
        answering(200, ANSWER);
        JsonObject key = client.asked(201, "POST", "/api/integrations/", openAi(",\"name\":\"ours\",\"weight\":0.5,\"available_models\":[\"openai/gpt-4o\"],\"requests_per_minute\":60,"
                + "\"organization\":\"other\",\"id\":\"mine\",\"created_at\":\"1970-01-01T00:00:00Z\""));
        assertThat(key.text("id")).matches("[0-9a-f-]{36}");
        assertThat(key.text("created_at")).startsWith("20");
        assertThat(faults.ask("gpt-4o", "").statusCode()).isEqualTo(200);
        assertThat(faults.ask("gpt-4o-mini", "").statusCode()).isEqualTo(200);
        assertThat(heads.get(0)).contains("Bearer " + KEY).doesNotContain(FaultServer.PROVIDER_KEY);
        assertThat(heads.get(1)).as("a model the key is not for").contains("Bearer " + FaultServer.PROVIDER_KEY);
        client.asked(200, "PATCH", "/api/integrations/" + key.text("id") + "/", "{\"is_enabled\":false}");
        assertThat(faults.ask("gpt-4o", "").statusCode()).isEqualTo(200);
        assertThat(heads.get(2)).as("switched off").contains("Bearer " + FaultServer.PROVIDER_KEY);
    }

    @Test
    void a_key_is_shown_by_its_ends_and_other_secrets_not_at_all() throws Exception {
        JsonObject made = client.asked(201, "POST", "/api/integrations/", openAi(""));
        assertThat(made.object("credentials").text("api_key")).isEqualTo("sk-S…wxyz");
        JsonObject aws = client.asked(201, "POST", "/api/integrations/", "{\"provider\":\"bedrock\",\"credentials\":{\"aws_access_key_id\":\"AKIASENTINEL01234567\","
                + "\"aws_secret_access_key\":\"SENTINELsecretSENTINELsecretSENTINEL0000\",\"aws_region_name\":\"us-west-2\"}}");
        assertThat(aws.object("credentials").text("aws_secret_access_key")).isEqualTo("…");
        assertThat(aws.object("credentials").text("aws_access_key_id")).isEqualTo("AKIA…4567");
        assertThat(aws.object("credentials").text("aws_region_name")).isEqualTo("us-west-2");
        String shown = client.send("GET", "/api/integrations/", null).body() + client.send("GET", "/api/integrations/" + aws.text("id") + "/", null).body();
        assertThat(shown).doesNotContain("SENTINEL").contains("sk-S…wxyz");
        assertThat(client.refused(400, "PATCH", "/api/integrations/" + made.text("id") + "/", "{\"credentials\":{\"api_key\":\"sk-S…wxyz\"}}")).contains("masked");
    }

    @Test
    void what_is_wrong_is_told_with_the_member_and_never_with_the_secret() throws Exception {
        assertThat(client.refused(400, "POST", "/api/integrations/", "{\"provider\":\"no-such\",\"credentials\":{\"api_key\":\"" + KEY + "\"}}")).contains("no-such");
        assertThat(client.refused(400, "POST", "/api/integrations/", "{\"provider\":\"openai\",\"credentials\":{\"api_key\":\"" + KEY + "\",\"api_base\":\"https://evil.example\"}}"))
                .contains("api_key").doesNotContain("SENTINEL");
        assertThat(client.refused(400, "POST", "/api/integrations/", "{\"provider\":\"openai\"}")).contains("credentials");
        assertThat(client.refused(400, "POST", "/api/integrations/", openAi(",\"weight\":0"))).contains("weight");
        assertThat(client.refused(400, "POST", "/api/integrations/", "{\"provider\":\"openai\",\"credentials\":{\"api_key\":\"sk-SENTINEL\\r\\nX: 1\"}}")).doesNotContain("SENTINEL");
        assertThat(client.refused(400, "POST", "/api/integrations/", "{\"provider\":\"azure_openai\",\"credentials\":{\"api_key\":\"" + KEY + "\",\"api_base\":\"https://127.0.0.1/\"}}"))
                .contains("api_base").doesNotContain("SENTINEL");
        client.refused(404, "GET", "/api/integrations/00000000-0000-0000-0000-000000000000/", null);
        client.refused(404, "PATCH", "/api/integrations/1/", "{}");
        client.refused(404, "DELETE", "/api/integrations/1/", null);
        client.refused(404, "POST", "/api/integrations/1/test/", null);
    }

    @Test
    void a_key_is_tried_by_a_real_call() throws Exception {
        answering(200, ANSWER);
        JsonObject key = client.asked(201, "POST", "/api/integrations/", openAi(""));
        JsonObject good = client.asked(200, "POST", "/api/integrations/" + key.text("id") + "/test/", "{\"model\":\"gpt-4o\"}");
        assertThat(good.isTrue("ok")).as(good.raw().text()).isTrue();
        assertThat(good.number("status_code", 0)).isEqualTo(200);
        assertThat(heads.get(0)).contains("Bearer " + KEY);
        assertThat(client.asked(200, "POST", "/api/integrations/" + key.text("id") + "/test", null).isTrue("ok")).as("without a body").isTrue();
        answering(401, "{\"error\":{\"message\":\"Incorrect API key provided: " + KEY + "\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}");
        JsonObject bad = client.asked(200, "POST", "/api/integrations/test/", openAi(",\"model\":\"gpt-4o\""));
        assertThat(bad.isTrue("ok")).isFalse();
        assertThat(bad.number("status_code", 0)).isEqualTo(401);
        assertThat(bad.text("message")).contains("Incorrect API key").doesNotContain("SENTINEL");
        assertThat(client.asked(200, "GET", "/api/integrations/", null).number("count", -1)).as("trying stores nothing").isEqualTo(1);
        JsonObject away = client.asked(200, "POST", "/api/integrations/test/", "{\"provider\":\"groq\",\"credentials\":{\"api_key\":\"" + KEY + "\"}}");
        assertThat(away.isTrue("ok")).isFalse();
        assertThat(away.get("status_code").isNull()).isTrue();
    }

    /** Eight at once; the ninth is told to come back. */
    @Test
    void trials_do_not_take_the_gateway_over() throws Exception {
        CountDownLatch allIn = new CountDownLatch(8);
        CountDownLatch release = new CountDownLatch(1);
        faults.upstream().answerWith(exchange -> {
            allIn.countDown();
            release.await(20, TimeUnit.SECONDS);
            exchange.answer(200, "application/json", ANSWER);
        });
        List<CompletableFuture<HttpResponse<String>>> trials = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                trials.add(client.later("POST", "/api/integrations/test/", openAi(",\"model\":\"gpt-4o\"")));
            }
            assertThat(allIn.await(20, TimeUnit.SECONDS)).as("eight trials reach the provider").isTrue();
            HttpResponse<String> refused = client.send("POST", "/api/integrations/test/", openAi(",\"model\":\"gpt-4o\""));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        } finally {
            release.countDown();
        }
        for (CompletableFuture<HttpResponse<String>> trial : trials) {
            assertThat(trial.get(30, TimeUnit.SECONDS).body()).contains("\"ok\":true");
        }
    }

    @Test
    void routing_settings_make_the_round_trip() throws Exception {
        JsonObject unset = client.asked(200, "GET", "/api/settings/routing/", null);
        assertThat(unset.get("retry").isNull()).isTrue();
        assertThat(unset.isTrue("model_before_group")).isTrue();
        JsonObject set = client.asked(200, "PUT", "/api/settings/routing/", "{\"retry\":{\"enabled\":true,\"num_retries\":5,\"retry_after\":0.5},"
                + "\"fallback\":{\"enabled\":true,\"models\":[\"gpt-4o-mini\",\"anthropic/claude-sonnet-4-5\"]},\"default_model\":\"demo/echo\",\"balance_strategy\":\"least_latency\","
                + "\"organization\":\"other\"}");
        assertThat(client.asked(200, "GET", "/api/settings/routing", null).raw()).isEqualTo(set.raw());
        assertThat(set.object("retry").number("num_retries", 0)).isEqualTo(5);
        assertThat(((JsonNumber) set.object("retry").get("retry_after")).text()).isEqualTo("0.5");
        assertThat(set.object("fallback").items("models")).extracting(JsonValue::asText).containsExactly("gpt-4o-mini", "anthropic/claude-sonnet-4-5");
        JsonObject patched = client.asked(200, "PATCH", "/api/settings/routing/", "{\"fallback\":{\"enabled\":false},\"retry\":{\"num_retries\":2}}");
        assertThat(patched.object("fallback").items("models")).hasSize(2);
        assertThat(((JsonNumber) patched.object("retry").get("retry_after")).text()).isEqualTo("0.5");
        assertThat(patched.text("balance_strategy")).isEqualTo("least_latency");
        assertThat(client.refused(400, "PATCH", "/api/settings/routing/", "{\"fallback\":{\"models\":[\"gpt-4o-minii\"]}}")).contains("gpt-4o-mini");
        client.refused(400, "PATCH", "/api/settings/routing/", "{\"fallback\":{\"models\":[\"gpt-4o\",\"gpt-4o\"]}}");
        client.refused(400, "PATCH", "/api/settings/routing/", "{\"retry\":{\"num_retries\":11}}");
        client.refused(400, "PATCH", "/api/settings/routing/", "{\"balance_strategy\":\"best\"}");
        assertThat(client.asked(200, "GET", "/api/settings/routing/", null).raw()).as("what was refused changed nothing").isEqualTo(patched.raw());
    }

    @Test
    void groups_make_the_round_trip_with_masked_credentials() throws Exception {
        String models = "\"models\":[{\"model\":\"gpt-4o\",\"weight\":3,\"credentials\":{\"api_key\":\"" + KEY + "\"}},{\"model\":\"demo/echo\",\"weight\":0.5}]";
        JsonObject made = client.asked(201, "POST", "/api/load-balance-groups/", "{\"group_id\":\"g-1\",\"name\":\"Fast\"," + models + "}");
        JsonObject read = client.asked(200, "GET", "/api/load-balance-groups/g-1/", null);
        assertThat(read.raw()).isEqualTo(made.raw());
        JsonObject first = (JsonObject) read.items("models").get(0);
        assertThat(first.object("credentials").text("api_key")).isEqualTo("sk-S…wxyz");
        JsonObject renamed = client.asked(200, "PATCH", "/api/load-balance-groups/g-1/", "{\"name\":\"Faster\",\"models\":[{\"model\":\"gpt-4o\",\"weight\":1}]}");
        assertThat(((JsonArray) renamed.get("models")).items()).hasSize(1);
        assertThat(renamed.raw().text()).as("the model keeps its credentials").contains("sk-S…wxyz").contains("Faster");
        assertThat(client.asked(200, "POST", "/api/load-balance-groups/", "{\"group_id\":\"g-1\",\"models\":[{\"model\":\"demo/echo\",\"weight\":1}]}").raw().text()).doesNotContain("wxyz");
        assertThat(client.refused(400, "POST", "/api/load-balance-groups/", "{\"models\":[{\"model\":\"gpt-4o-minii\",\"weight\":1}]}")).contains("gpt-4o-mini");
        assertThat(client.refused(400, "POST", "/api/load-balance-groups/", "{\"models\":[{\"model\":\"gpt-4o\",\"weight\":0}]}")).contains("models[0].weight");
        client.refused(400, "POST", "/api/load-balance-groups/", "{\"models\":[]}");
        client.refused(404, "GET", "/api/load-balance-groups/none/", null);
        client.refused(404, "DELETE", "/api/load-balance-groups/none/", null);
    }

    @Test
    void nothing_stored_is_readable_in_the_data_folder() throws Exception {
        client.asked(201, "POST", "/api/integrations/", openAi(""));
        try (var files = java.nio.file.Files.walk(faults.server().data())) {
            for (java.nio.file.Path file : (Iterable<java.nio.file.Path>) files.filter(java.nio.file.Files::isRegularFile)::iterator) {
                assertThat(new String(java.nio.file.Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)).as(file.toString()).doesNotContain("SENTINELstored");
            }
        }
        HttpResponse<String> list = client.send("GET", "/api/integrations/", null);
        assertThat(list.headers().firstValue("Cache-Control")).contains("no-store");
    }
}
