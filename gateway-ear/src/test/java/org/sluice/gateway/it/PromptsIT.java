package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Prompts from their making to the answer, at every door. */
class PromptsIT {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String SAID = "{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"system\",\"content\":\"You are {{ tone }}.\"},{\"role\":\"user\",\"content\":\"Hello {{ user_name }}\"}],"
            + "\"variables\":{\"tone\":\"kind\"},\"temperature\":0.2}";
    private final FaultServer faults = FaultServer.shared();
    private final ManagementClient client = new ManagementClient(faults.server(), ServerUnderTest.key());
    private final ManagementClient test = new ManagementClient(faults.server(), FaultServer.TEST_KEY);

    private String created(String settings) throws Exception {
        String id = client.asked(201, "POST", "/api/prompts/", "{\"name\":\"Greeting " + NUMBER.incrementAndGet() + "\",\"description\":\"says hello\"}").text("id");
        client.asked(201, "POST", "/api/prompts/" + id + "/versions/", settings);
        return id;
    }

    private String live(String settings) throws Exception {
        String id = created(settings);
        assertThat(client.asked(201, "POST", "/api/prompts/" + id + "/commits/", "{\"description\":\"first\"}").isTrue("readonly")).isTrue();
        client.asked(200, "POST", "/api/prompts/" + id + "/deployments/", "{\"version\":1}");
        return id;
    }

    private static HttpResponse<String> post(ManagementClient client, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(client.server().baseUrl() + path)).header("Authorization", "Bearer " + client.key())
                .header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject object(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonReader.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject chat(ManagementClient client, String body) throws Exception {
        return object(post(client, "/api/chat/completions", body));
    }

    private static String text(JsonObject answer) {
        return ((JsonObject) answer.items("choices").get(0)).object("message").text("content");
    }

    @Test
    void the_seeds_own_example_uses_the_prompt_and_the_row_tells_it() throws Exception {
        String id = live(SAID);
        HttpResponse<String> answer = post(client, "/api/chat/completions", "{\"model\":\"demo/echo\",\"messages\":[],\"prompt\":{\"prompt_id\":\"" + id + "\",\"variables\":{\"user_name\":\"Sarah\"}}}");
        JsonObject body = object(answer);
        assertThat(text(body)).isEqualTo("Hello Sarah");
        assertThat(body.get("prompt_message").raw().text()).isEqualTo("[{\"role\":\"system\",\"content\":\"You are kind.\"},{\"role\":\"user\",\"content\":\"Hello Sarah\"}]");
        JsonObject row = faults.log().row(answer.headers().firstValue("X-Respan-Log-Id").orElseThrow());
        assertThat(row.text("prompt_id")).isEqualTo(id);
        assertThat(row.text("prompt_name")).startsWith("Greeting ");
        assertThat(row.number("prompt_version_number", 0)).isEqualTo(1);
        assertThat(row.object("variables").text("user_name")).isEqualTo("Sarah");
        assertThat(row.get("prompt_messages").raw().text()).contains("Hello Sarah");
        assertThat(row.get("prompt_messages_template").raw().text()).contains("Hello {{ user_name }}");
        assertThat(row.get("temperature").raw().text()).isEqualTo("0.2");
    }

    @Test
    void a_row_without_content_keeps_the_names_only() throws Exception {
        String id = live(SAID);
        HttpResponse<String> answer = post(client, "/api/chat/completions", "{\"disable_log\":true,\"prompt\":{\"prompt_id\":\"" + id + "\",\"variables\":{\"user_name\":\"SENTINEL-7\"}}}");
        JsonObject row = faults.log().row(answer.headers().firstValue("X-Respan-Log-Id").orElseThrow());
        assertThat(row.text("prompt_id")).isEqualTo(id);
        assertThat(row.raw().text()).doesNotContain("SENTINEL-7").doesNotContain("Hello");
    }

    @Test
    void a_version_is_tried_with_a_test_key_and_promoted() throws Exception {
        String id = live(SAID);
        test.asked(201, "POST", "/api/prompts/" + id + "/versions/", SAID.replace("Hello", "Goodbye"));
        test.asked(201, "POST", "/api/prompts/" + id + "/commits/", null);
        test.asked(200, "POST", "/api/prompts/" + id + "/deployments/", "{\"version\":2,\"environment\":\"test\"}");
        assertThat(test.refused(403, "POST", "/api/prompts/" + id + "/deployments/", "{\"version\":2}")).contains("test key");
        String call = "{\"prompt\":{\"prompt_id\":\"" + id + "\",\"variables\":{\"user_name\":\"Sarah\"},\"echo\":false}}";
        assertThat(text(chat(test, call))).isEqualTo("Goodbye Sarah");
        JsonObject prod = chat(client, call);
        assertThat(text(prod)).isEqualTo("Hello Sarah");
        assertThat(prod.get("prompt_message")).isNull();
        client.asked(200, "POST", "/api/prompts/" + id + "/deployments/", "{\"version\":2,\"environment\":\"prod\"}");
        assertThat(text(chat(client, call))).as("at once").isEqualTo("Goodbye Sarah");
        assertThat(text(chat(client, call.replace("\"echo\"", "\"version\":1,\"echo\"")))).isEqualTo("Hello Sarah");
        JsonObject shown = client.asked(200, "GET", "/api/prompts/" + id + "/", null);
        assertThat(shown.object("live_version").number("version", 0)).isEqualTo(2);
        assertThat(shown.object("live_versions").object("test").number("version", 0)).isEqualTo(2);
    }

    @Test
    void every_door_takes_a_prompt() throws Exception {
        String id = live(SAID);
        String prompt = "{\"prompt_id\":\"" + id + "\",\"variables\":{\"user_name\":\"Sarah\"}}";
        JsonObject response = object(post(client, "/api/responses", "{\"model\":\"demo/echo\",\"input\":\"my own\",\"prompt\":" + prompt + "}"));
        assertThat(response.raw().text()).contains("my own").contains("prompt_message");
        assertThat(response.text("instructions")).isEqualTo("You are kind.\nHello Sarah");
        assertThat(object(post(client, "/api/responses", "{\"model\":\"demo/echo\",\"prompt\":" + prompt + "}")).raw().text()).as("without input").contains("Hello Sarah");
        JsonObject message = object(post(client, "/api/anthropic/v1/messages",
                "{\"model\":\"demo/echo\",\"max_tokens\":50,\"messages\":[],\"metadata\":{\"respan_params\":{\"prompt\":" + prompt + "}}}"));
        assertThat(((JsonObject) message.items("content").get(0)).text("text")).isEqualTo("Hello Sarah");
        assertThat(message.get("prompt_message")).as("not unasked in another dialect").isNull();
        JsonObject generated = object(post(client, "/api/google/gemini/v1beta/models/demo/echo:generateContent", "{\"contents\":[]}",
                "X-Data-Respan-Params", Base64.getEncoder().encodeToString(("{\"prompt\":" + prompt + "}").getBytes(StandardCharsets.UTF_8))));
        assertThat(generated.raw().text()).contains("Hello Sarah");
        JsonObject counted = object(post(client, "/api/anthropic/v1/messages/count_tokens",
                "{\"model\":\"demo/echo\",\"messages\":[],\"metadata\":{\"respan_params\":{\"prompt\":" + prompt + "}}}"));
        assertThat(counted.number("input_tokens", 0)).isPositive();
    }

    @Test
    void a_stream_tells_the_messages_when_they_are_asked_for() throws Exception {
        String id = live(SAID.replace("\"temperature\":0.2", "\"stream\":true"));
        String call = "{\"prompt\":{\"prompt_id\":\"" + id + "\",\"variables\":{\"user_name\":\"Sarah\"}%s}}";
        HttpResponse<String> plain = post(client, "/api/chat/completions", String.format(call, ""));
        assertThat(plain.headers().firstValue("Content-Type").orElse("")).as("the version asks for a stream").startsWith("text/event-stream");
        assertThat(plain.body()).contains("\"Sarah\"").doesNotContain("prompt_message").endsWith("data: [DONE]\n\n");
        String echoed = post(client, "/api/chat/completions", String.format(call, ",\"echo\":true")).body();
        assertThat(echoed.substring(echoed.lastIndexOf("data: {"))).contains("\"prompt_message\":[{").endsWith("data: [DONE]\n\n");
    }

    @Test
    void the_contracts_other_examples_run_as_written() throws Exception {
        String child = live("{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"system\",\"content\":\"Dear {{ customer_name }}\"}]}");
        String parent = live("{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"{{ request }}: {{ conversation }}\"}]}");
        assertThat(text(chat(client, "{\"prompt\":{\"prompt_id\":\"" + parent + "\",\"override\":true,\"variables\":{\"request\":\"dispute a charge\",\"conversation\":{\"_type\":\"prompt\","
                + "\"prompt_id\":\"" + child + "\",\"version\":1,\"variables\":{\"customer_name\":\"Sarah\"}}}}}"))).isEqualTo("dispute a charge: Dear Sarah");
        String task = live("{\"model\":\"demo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"{{ task_description }}\"}]}");
        HttpResponse<String> patched = post(client, "/api/chat/completions", "{\"prompt\":{\"prompt_id\":\"" + task
                + "\",\"schema_version\":2,\"variables\":{\"task_description\":\"Square a number\"},\"patch\":{\"temperature\":0.9,\"max_tokens\":500}}}");
        assertThat(text(object(patched))).isEqualTo("Square a number");
        JsonObject row = faults.log().row(patched.headers().firstValue("X-Respan-Log-Id").orElseThrow());
        assertThat(row.get("temperature").raw().text()).isEqualTo("0.9");
        assertThat(row.get("max_tokens").raw().text()).isEqualTo("500");
        JsonObject version = client.asked(201, "POST", "/api/prompts/" + task + "/versions/",
                "{\"description\":\"A description\",\"messages\":[{\"role\":\"system\",\"content\":\"You are a helpful {{role}}.\"},{\"role\":\"user\",\"content\":\"Hello, how are you?\"}],"
                + "\"model\":\"gpt-3.5-turbo\",\"stream\":false,\"temperature\":0.7,\"max_tokens\":256,\"top_p\":1.0,\"frequency_penalty\":0.0,\"presence_penalty\":0.0,"
                + "\"variables\":{},\"fallback_models\":[\"gpt-3.5-turbo-16k\",\"gpt-4\"],\"load_balance_models\":[{\"model\":\"gpt-4o\",\"weight\":0.7},{\"model\":\"gpt-4o-mini\",\"weight\":0.3}],\"deploy\":true}");
        assertThat(version.isTrue("is_deployed")).isTrue();
        assertThat(version.get("top_p").raw().text()).isEqualTo("1.0");
    }

    @Test
    void what_is_wrong_is_said_where_it_is() throws Exception {
        String id = created(SAID);
        assertThat(client.refused(400, "POST", "/api/prompts/" + id + "/versions/", "{\"messages\":[{\"role\":\"user\",\"content\":\"a\\n{% if %}\"}]}"))
                .startsWith("'messages[0].content' is not a template: line 2, column ");
        assertThat(client.refused(400, "POST", "/api/prompts/" + id + "/versions/", "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"api_base\":\"http://10.0.0.1\"}")).contains("'api_base'");
        assertThat(client.refused(400, "POST", "/api/chat/completions", "{\"prompt\":{\"prompt_id\":\"" + id + "\"}}")).contains("no live version");
        assertThat(client.refused(404, "POST", "/api/chat/completions", "{\"prompt\":{\"prompt_id\":\"0123456789abcdef0123456789abcdef\"}}")).contains("There is no prompt");
        assertThat(client.refused(400, "POST", "/api/chat/completions", "{\"prompt\":{\"prompt_id\":\"" + id + "\",\"version\":\"latest\",\"strict_variables\":true}}")).contains("user_name");
        assertThat(client.refused(400, "POST", "/api/chat/completions", "{\"prompt\":\"hello\"}")).contains("'prompt' is not an object");
        for (String path : new String[] {"/api/prompts/nobodys/", "/api/prompts/nobodys/versions/", "/api/prompts/" + id + "/versions/9/", "/api/prompts/" + id + "/versions/x/"}) {
            assertThat(client.refused(404, "GET", path, null)).isEqualTo("Not found.");
        }
    }

    @Test
    void lists_are_filtered_sorted_paged_and_counted() throws Exception {
        String name = "List " + NUMBER.incrementAndGet();
        String first = client.asked(201, "POST", "/api/prompts/", "{\"name\":\"" + name + " a\"}").text("id");
        String second = client.asked(201, "POST", "/api/prompts/", "{\"name\":\"" + name + " b\"}").text("id");
        String filter = "{\"filters\":{\"name\":{\"operator\":\"startswith\",\"value\":[\"" + name + "\"]}}}";
        JsonObject page = client.asked(200, "POST", "/api/prompts/list/?page_size=1&sort_by=name", filter);
        assertThat(page.number("count", 0)).isEqualTo(2);
        assertThat(((JsonObject) page.items("results").get(0)).text("id")).isEqualTo(first);
        assertThat(page.text("next")).contains("page=2");
        assertThat(((JsonObject) client.asked(200, "POST", "/api/prompts/list/?page_size=1&page=2&sort_by=name", filter).items("results").get(0)).text("id")).isEqualTo(second);
        assertThat(client.asked(200, "PATCH", "/api/prompts/" + second + "/", "{\"starred\":true,\"description\":\"new\"}").text("description")).isEqualTo("new");
        client.asked(204, "DELETE", "/api/prompts/" + first + "/", null);
        assertThat(client.asked(200, "POST", "/api/prompts/summary/", filter).number("total_count", 0)).isEqualTo(1);
        assertThat(client.asked(200, "GET", "/api/prompts/", null).number("count", 0)).isPositive();
        client.refused(404, "GET", "/api/prompts/" + first + "/", null);
        client.refused(400, "POST", "/api/prompts/list/", "{\"filters\":{\"secret\":\"x\"}}");
    }

    @Test
    void versions_are_listed_changed_while_drafts_and_deleted_unless_live() throws Exception {
        String id = created(SAID);
        assertThat(client.asked(200, "PATCH", "/api/prompts/" + id + "/versions/1/", "{\"temperature\":0.5}").get("temperature").raw().text()).isEqualTo("0.5");
        client.asked(201, "POST", "/api/prompts/" + id + "/versions/", SAID);
        client.refused(400, "PATCH", "/api/prompts/" + id + "/versions/1/", "{\"temperature\":0.6}");
        assertThat(client.asked(200, "PATCH", "/api/prompts/" + id + "/versions/1/", "{\"deploy\":true}").isTrue("is_deployed")).isTrue();
        client.refused(400, "DELETE", "/api/prompts/" + id + "/versions/1/", null);
        client.asked(204, "DELETE", "/api/prompts/" + id + "/versions/2/", null);
        assertThat(client.asked(200, "GET", "/api/prompts/" + id + "/versions/?page_size=500", null).items("results")).hasSize(1);
    }
}
