package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Calls that bring their own keys, and addresses that lead where they must not. An attacker listens on loopback and must not be
 * called once; marked keys must come out nowhere.
 */
class SsrfIT {
    private static final String OWN = "sk-SENTINEL-own-5c3d9f";
    private static final String ANSWER = "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
            + "\"message\":{\"role\":\"assistant\",\"content\":\"fine\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    private static final AtomicInteger CALLED = new AtomicInteger();
    private static ServerSocket attacker;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FaultServer faults = FaultServer.shared();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void listen() throws IOException {
        attacker = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(() -> {
            while (!attacker.isClosed()) {
                try {
                    attacker.accept().close();
                    CALLED.incrementAndGet();
                } catch (IOException closed) {
                    return;
                }
            }
        }, "attacker");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterAll
    static void nobodyCalled() throws IOException {
        attacker.close();
        assertThat(CALLED).hasValue(0);
    }

    /** Where the attacker is. */
    private static String url() {
        return "http://127.0.0.1:" + attacker.getLocalPort() + "/v1";
    }

    /** Where a model is that the operator lists as one inside. */
    private String inside() {
        return "http://127.0.0.1:" + faults.upstream().port() + "/v1";
    }

    private HttpResponse<String> call(String members, String... headers) throws Exception {
        return send("/api/chat/completions", "{'model':'openai/gpt-4o',\"messages\":[{'role':'user','content':'Hi'}]" + (members.isEmpty() ? "" : "," + members) + "}", headers);
    }

    private HttpResponse<String> send(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(faults.server().baseUrl() + path)).timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + ServerUnderTest.key()).header("Content-Type", "application/json");
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        HttpResponse<String> answer = http.send(request.POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body() + answer.headers().map()).doesNotContain("SENTINEL");
        return answer;
    }

    private void answering() {
        heads.clear();
        faults.upstream().answerWith(exchange -> {
            heads.add(exchange.head());
            exchange.answer(200, "application/json", ANSWER);
        });
    }

    private static JsonObject error(HttpResponse<String> answer) {
        return JsonReader.readObject(answer.body().getBytes(UTF_8)).object("error");
    }

    private void requireRefused(String place, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(place + ": " + answer.body()).isEqualTo(400);
        assertThat(error(answer).text("code")).as(place).isEqualTo("api_base_not_allowed");
        assertThat(answer.body()).as(place).doesNotContain("127.0.0.1", String.valueOf(attacker.getLocalPort()));
        assertThat(faults.upstream().requests()).as(place).isZero();
        assertThat(CALLED).as(place).hasValue(0);
    }

    @Test
    void s1_an_address_without_a_key_gets_nobodys() throws Exception {
        answering();
        HttpResponse<String> answer = call("'credential_override':{'openai/gpt-4o':{'api_base':'" + url() + "'}}");
        requireRefused("override", answer);
        assertThat(error(answer).text("param")).isEqualTo("credential_override.openai/gpt-4o.api_base");
        requireRefused("customer", call("'customer_credentials':{'openai':{'api_base':'" + url() + "'}}"));
        requireRefused("inside", call("'customer_credentials':{'openai':{'api_base':'" + inside() + "'}}"));
    }

    @Test
    void s3_every_place_has_the_same_verdict() throws Exception {
        answering();
        String fields = "{'api_key':'" + OWN + "','api_base':'" + url() + "'}";
        for (String members : new String[] {"'api_base':'" + url() + "'", "'base_url':'" + url() + "'", "'respan_params':{'api_base':'" + url() + "'}", "'keywordsai_params':{'base_url':'" + url() + "'}",
            "'customer_credentials':{'openai':" + fields + "}", "'customer_credentials':[{'credentials':{'openai':" + fields + "},'weight':1}]", "'customer_credentials':{'openai':[{'credentials':" + fields + "}]}",
            "'respan_params':{'customer_credentials':{'openai':" + fields + "}}", "'credential_override':{'openai/gpt-4o':" + fields + "}", "'model_name_map':{'openai/gpt-4o':'" + url() + "'}",
            "'customer_credentials':{'openai':{'api_key':'" + OWN + "','base_url':'" + url() + "'}}"}) {
            requireRefused(members.replace(url(), "URL"), call(members));
        }
        String header = ("{'customer_credentials':{'openai':" + fields + "}}").replace('\'', '"');
        requireRefused("header", call("", "X-Data-Respan-Params", Base64.getEncoder().encodeToString(header.getBytes(UTF_8))));
        requireRefused("passthrough", send("/api/passthrough/openai/v1/models", "{}", "X-Data-Respan-Params", header));
        requireRefused("embeddings", send("/api/embeddings", "{'model':'openai/text-embedding-3-small','input':'x','customer_credentials':{'openai':" + fields + "}}"));
        HttpResponse<String> host = call("'extra_headers':{'Host':'127.0.0.1:" + attacker.getLocalPort() + "'}");
        assertThat(host.statusCode()).isEqualTo(400);
        HttpResponse<String> anthropic = send("/api/anthropic/v1/messages", "{'model':'openai/gpt-4o','max_tokens':9,'messages':[{'role':'user','content':'Hi'}],'metadata':{'respan_params':{'customer_credentials':{'openai':" + fields + "}}}}");
        assertThat(anthropic.statusCode()).isEqualTo(400);
        assertThat(error(anthropic).text("type")).isEqualTo("invalid_request_error");
    }

    @Test
    void a_call_is_paid_by_the_key_it_brings() throws Exception {
        for (String members : new String[] {"'customer_credentials':{'openai':{'api_key':'" + OWN + "'}}", "'customer_credentials':{'openai':'" + OWN + "'}",
            "'customer_credentials':[{'credentials':{'openai':{'api_key':'" + OWN + "'}},'weight':1.0,'available_models':['gpt-4o'],'exclude_models':['gpt-4']}]",
            "'customer_credentials':{'openai':[{'weight':1,'credentials':{'api_key':'" + OWN + "'}}]}", "'credential_override':{'openai/gpt-4o':{'api_key':'" + OWN + "'}}",
            "'customer_api_keys':{'openai/gpt-4o':'" + OWN + "'}", "'credential_override':{'openai/gpt-4o':{'api_key':'" + OWN + "','api_base':'" + inside() + "'}}"}) {
            answering();
            HttpResponse<String> answer = call(members);
            assertThat(answer.statusCode()).as(members + answer.body()).isEqualTo(200);
            assertThat(heads).singleElement().asString().contains("Bearer " + OWN).doesNotContain(FaultServer.PROVIDER_KEY);
            JsonObject row = faults.log().row(answer.headers().firstValue("X-Respan-Log-Id").orElseThrow());
            assertThat(row.isTrue("used_custom_credential")).as(members).isTrue();
            assertThat(row.text("deployment_name")).matches("openai/gpt-4o#request:[0-9a-f]{8}");
        }
        answering();
        JsonObject row = faults.log().row(call("").headers().firstValue("X-Respan-Log-Id").orElseThrow());
        assertThat(row.isTrue("used_custom_credential")).isFalse();
        assertThat(row.text("deployment_name")).isEqualTo("openai/gpt-4o");
        assertThat(heads).singleElement().asString().contains(FaultServer.PROVIDER_KEY);
    }

    /** The published examples, their placeholders filled in. */
    @Test
    void the_published_examples_run() throws Exception {
        answering();
        String azure = "{'model':'azure/gpt-4o','messages':[{'role':'user','content':'Hello'}],'credential_override':{'azure/gpt-4o':{'api_key':'" + OWN + "','api_base':'" + inside().replace("/v1", "")
                + "','api_version':'2024-02-01'}}";
        assertThat(send("/api/chat/completions", azure + "}").statusCode()).isEqualTo(200);
        assertThat(heads.get(0)).startsWith("POST /openai/deployments/gpt-4o/chat/completions?api-version=2024-02-01 ").contains("api-key: " + OWN).contains("X-Respan-Gateway-Hops: 1");
        assertThat(send("/api/chat/completions", azure + ",'model_name_map':{'azure/gpt-4o':'azure/my-deployment'}}").statusCode()).isEqualTo(200);
        assertThat(heads.get(1)).startsWith("POST /openai/deployments/my-deployment/chat/completions?");
        HttpResponse<String> joined = send("/api/chat/completions", "{'model':'gpt-4o-mini','messages':[{'role':'user','content':'Hello'}],'stream':false,'customer_identifier':'user_123',"
                + "'customer_credentials':{'openai':{'api_key':'" + OWN + "'},'bedrock':{'aws_access_key_id':'AKIA','aws_secret_access_key':'" + OWN + "','aws_region_name':'us-west-2'},"
                + "'google_vertex_ai':{'vertex_ai_project':'p','vertex_ai_location':'us-central1','vertex_ai_credentials':{'type':'service_account'}}}}");
        assertThat(joined.statusCode()).as(joined.body()).isEqualTo(200);
    }

    @Test
    void a_key_that_fails_is_not_replaced_and_not_told() throws Exception {
        heads.clear();
        faults.upstream().answerWith(exchange -> {
            heads.add(exchange.head());
            exchange.answer(401, "application/json", "{\"error\":{\"message\":\"Incorrect API key provided: " + OWN + "\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}");
        });
        HttpResponse<String> answer = call("'customer_credentials':{'openai':'" + OWN + "'}");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("***");
        assertThat(heads).hasSize(1);
        assertThat(call("'customer_credentials':{'openai':'sk-SENTINEL\\nX-Evil: 1'}").statusCode()).isEqualTo(400);
        JsonObject unknown = error(call("'customer_credentials':{'openai':{'api_kee':'" + OWN + "'}}"));
        assertThat(unknown.text("param")).isEqualTo("customer_credentials.openai.api_kee");
    }

    @Test
    void s6_a_redirect_leads_nowhere() throws Exception {
        for (String location : new String[] {"http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", url(), "/v1/again"}) {
            faults.upstream().answerWith(exchange -> exchange.answer(302, "text/plain", "gone", "Location: " + location));
            HttpResponse<String> answer = call("'customer_credentials':{'openai':{'api_key':'" + OWN + "','api_base':'" + inside() + "'}}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
            assertThat(error(answer).text("code")).isEqualTo("upstream_invalid_response");
            assertThat(faults.upstream().requests()).isOne();
        }
    }

    @Test
    void s12_what_comes_from_such_a_host_is_kept_within_bounds() throws Exception {
        String own = "'customer_credentials':{'openai':{'api_key':'" + OWN + "','api_base':'" + inside() + "'}}";
        faults.upstream().answerWith(exchange -> exchange.answer(200, "application/json", ANSWER, "Set-Cookie: a=b", "Location: http://x/", "Server: inside", "X-Internal: 1"));
        HttpResponse<String> good = call(own);
        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(good.headers().map()).doesNotContainKeys("set-cookie", "location", "x-internal").doesNotContainEntry("server", List.of("inside"));
        faults.upstream().answerWith(exchange -> exchange.answer(200, "text/html", "<html>inside</html>"));
        HttpResponse<String> page = call(own);
        assertThat(page.statusCode()).isEqualTo(502);
        assertThat(page.body()).doesNotContain("inside");
        String header = ("{" + own + "}").replace('\'', '"');
        HttpResponse<String> passed = send("/api/passthrough/openai/v1/anything", "{}", "X-Data-Respan-Params", header);
        assertThat(passed.statusCode()).isEqualTo(502);
        assertThat(passed.body()).doesNotContain("<html>");
        faults.upstream().answerWith(exchange -> exchange.answer(500, "text/plain", "x".repeat(100_000)));
        assertThat(call(own).body().length()).isLessThan(20_000);
        faults.upstream().answerWith(exchange -> {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n");
            exchange.write(" ".repeat(4096));
        });
        assertThat(call(own).statusCode()).isEqualTo(502);
    }

    /** Refused by its text, by its port, by its name and by what its name stands for: told at the same time. */
    @Test
    void s11_the_time_of_a_refusal_tells_nothing() throws Exception {
        answering();
        List<List<Long>> times = new ArrayList<>();
        for (String address : new String[] {"http://127.0.0.1:" + attacker.getLocalPort(), "https://10.255.255.1", "https://llm.stranger.org", "https://api.openai.com:22", "https://169.254.169.254"}) {
            List<Long> of = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                long before = System.nanoTime();
                requireRefused(address, call("'customer_credentials':{'openai':{'api_key':'" + OWN + "','api_base':'" + address + "'}}"));
                of.add((System.nanoTime() - before) / 1_000_000);
            }
            times.add(of);
        }
        assertThat(times).allSatisfy(of -> assertThat(of).allMatch(millis -> millis >= 250, "not before a quarter of a second"));
        long[] medians = times.stream().mapToLong(of -> of.stream().sorted().skip(3).findFirst().orElseThrow()).sorted().toArray();
        assertThat(medians[medians.length - 1] - medians[0]).as("medians " + Arrays.toString(medians)).isLessThan(250);
    }

    @Test
    void s15_a_circle_ends() throws Exception {
        answering();
        String own = "'customer_credentials':{'openai':{'api_key':'" + OWN + "','api_base':'" + faults.server().baseUrl() + "/api'}}";
        requireRefused("the gateway itself", call(own));
        HttpResponse<String> fourth = call("", "X-Respan-Gateway-Hops", "4");
        requireRefused("the fourth time", fourth);
        assertThat(error(fourth).text("param")).isEqualTo("X-Respan-Gateway-Hops");
        String listed = "'customer_credentials':{'openai':{'api_key':'" + OWN + "','api_base':'" + inside() + "'}}";
        assertThat(call(listed, "X-Respan-Gateway-Hops", "3").statusCode()).isEqualTo(200);
        assertThat(heads).singleElement().asString().contains("X-Respan-Gateway-Hops: 4");
    }

    @Test
    void s10_addresses_in_messages_pass_and_are_not_fetched() throws Exception {
        answering();
        HttpResponse<String> answer = send("/api/chat/completions", "{'model':'openai/gpt-4o','messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'" + url() + "'}}]}]}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(faults.upstream().requests()).isOne();
        assertThat(CALLED).hasValue(0);
    }

    /** Run last or first, it finds what any of the others left behind: the keys they brought. */
    @Test
    void a_key_that_a_call_brings_comes_out_nowhere() throws Exception {
        answering();
        call("'customer_credentials':{'openai':{'api_key':'" + OWN + "','api_base':'" + inside() + "'}}");
        call("'credential_override':{'openai/gpt-4o':{'api_key':'" + OWN + "'}},'stream':true");
        call("'customer_credentials':{'openai':{'api_key':'" + OWN + "','api_base':'" + url() + "'}}");
        try (GatewayConsole console = new GatewayConsole(faults.server().pid())) {
            console.invoke("flush");
            Await.until(Duration.ofSeconds(20), () -> "an empty journal", () -> console.number("JournalBacklogBytes") == 0);
            assertThat(console.all().toString()).doesNotContain(OWN);
        }
        assertThat(faults.server().get("/api/request-logs/list/?page_size=100").body()).doesNotContain(OWN);
        for (Path folder : List.of(faults.server().data(), faults.server().instance())) {
            try (var files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    if (!file.toString().matches(".*\\.(jar|ear|war|class|cache)")) {
                        assertThat(new String(Files.readAllBytes(file), ISO_8859_1)).as(file.toString()).doesNotContain(OWN);
                    }
                }
            }
        }
        assertThat(Files.readString(faults.server().log())).as("every such call is in the server's log").contains("Egress: organization").contains("127.0.0.1:" + faults.upstream().port());
    }
}
