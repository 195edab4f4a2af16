package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Marked values go in by every way there is; none comes out where it does not belong (reliability INV6). The content of
 * calls belongs into the data directory and nowhere else; keys, queries and headers belong nowhere.
 */
class SecretsIT {
    private static final String WRONG_KEY = "SENTINEL.wrong0key0wrong0key0wrong0key000";
    private static final String QUERY = "SENTINEL-query-6d21";
    private static final String COOKIE = "SENTINEL-cookie-90ab";
    private static final String CONTENT = "SENTINEL-content-77e0";
    private static final String SECRET_OF_KEY = ServerUnderTest.key().substring(ServerUnderTest.key().indexOf('.') + 1);
    private static final List<String> NOWHERE = List.of(FaultServer.PROVIDER_KEY, SECRET_OF_KEY, WRONG_KEY, WRONG_KEY.substring(9), QUERY, COOKIE);
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FaultServer faults = FaultServer.shared();
    private final List<HttpResponse<String>> answers = new ArrayList<>();

    private HttpResponse<String> send(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(faults.server().baseUrl() + path)).timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json").header("Cookie", "session=" + COOKIE).POST(HttpRequest.BodyPublishers.ofString(body));
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answers.add(answer);
        return answer;
    }

    private HttpResponse<String> call(String body) throws Exception {
        return send("/api/chat/completions?trace=" + QUERY, body, "Authorization", "Bearer " + ServerUnderTest.key());
    }

    private static String asking(String model, String more) {
        return "{\"model\":\"" + model + "\"," + more + "\"messages\":[{\"role\":\"user\",\"content\":\"" + CONTENT + "\"}]}";
    }

    /** Good calls, bad input, refused keys, and a provider that fails and tells the key it was given. */
    private String everything() throws Exception {
        String good = call(asking("demo/echo", "")).headers().firstValue("X-Respan-Log-Id").orElseThrow();
        call(asking("demo/echo", "\"stream\":true,"));
        call("{\"model\":\"demo/echo\",\"messages\":[" + CONTENT);
        call("{\"model\":\"demo/echo\",\"" + CONTENT + "\":1,\"n\":\"" + CONTENT + "\",\"messages\":[]}");
        call(asking(CONTENT, ""));
        String ask = asking("demo/echo", "");
        send("/api/chat/completions", ask, "Authorization", "Bearer " + WRONG_KEY);
        send("/api/chat/completions", ask, "x-api-key", WRONG_KEY);
        send("/api/chat/completions?key=" + WRONG_KEY, ask);
        send("/api/chat/completions?key=" + ServerUnderTest.key(), ask);
        send("/api/chat/completions", ask, "x-api-key", WRONG_KEY, "Authorization", "Bearer " + ServerUnderTest.key());
        send("/api/no/such/path?key=" + WRONG_KEY, ask, "Authorization", "Bearer " + WRONG_KEY);
        send("/api/request-logs/list/?key=" + WRONG_KEY, "{}", "Authorization", "Bearer " + WRONG_KEY);
        String told = "you sent " + FaultServer.PROVIDER_KEY;
        faults.upstream().answerWith(exchange -> exchange.answer(401, "application/json", "{\"error\":{\"message\":\"" + told + "\",\"type\":\"t\",\"code\":\"c\"}}"));
        call(asking("openai/gpt-4o", ""));
        call(asking("anthropic/claude-sonnet-4-5", ""));
        faults.upstream().answerWith(exchange -> exchange.answer(500, "text/html", "<html>" + told + "</html>"));
        call(asking("openai/gpt-4o", ""));
        faults.upstream().answerWith(exchange -> exchange.answer(200, "text/plain", told));
        call(asking("openai/gpt-4o", ""));
        faults.upstream().answerWith(exchange -> exchange.beginStream().chunk("data: {\"error\":{\"message\":\"" + told + "\"}}\n\n").write("0\r\n\r\n"));
        call(asking("openai/gpt-4o", "\"stream\":true,"));
        faults.upstream().answerWith(ScriptedUpstream.Exchange::reset);
        call(asking("openai/gpt-4o", ""));
        call(asking("groq/llama-3.3-70b-versatile", ""));
        call(asking("xai/grok-3", ""));
        return good;
    }

    @Test
    void nothing_marked_comes_out_where_it_does_not_belong() throws Exception {
        String good = everything();
        assertThat(faults.log().row(good).raw().text()).as("content is kept, or this test would prove nothing").contains(CONTENT);
        try (GatewayConsole console = new GatewayConsole(faults.server().pid())) {
            console.invoke("flush");
            Await.until(Duration.ofSeconds(20), () -> "an empty journal", () -> console.number("JournalBacklogBytes") == 0);
            String shown = console.all().toString();
            NOWHERE.forEach(secret -> assertThat(shown).as("JMX").doesNotContain(secret));
            assertThat(shown).as("JMX").doesNotContain(CONTENT);
        }
        try (GatewayConsole console = new GatewayConsole(faults.server().pid(), "Deployments")) {
            String shown = console.all().toString();
            assertThat(shown).as("there is something to look at").contains("openai/gpt-4o@operator");
            NOWHERE.forEach(secret -> assertThat(shown).as("JMX").doesNotContain(secret));
            assertThat(shown).as("JMX").doesNotContain(CONTENT);
        }
        for (HttpResponse<String> answer : answers) {
            String text = answer.headers().map() + answer.body();
            NOWHERE.forEach(secret -> assertThat(text).as(answer.request().uri().getPath()).doesNotContain(secret));
        }
        requireNoneIn("rows", Map.of("list", faults.server().get("/api/request-logs/list/?page_size=100").body()), NOWHERE);
        requireNoneIn("data directory", files(faults.server().data()), NOWHERE);
        List<String> alsoNoContent = new ArrayList<>(NOWHERE);
        alsoNoContent.add(CONTENT);
        Map<String, String> ofServer = files(faults.server().instance());
        assertThat(ofServer.keySet()).as("the server's log is among the files").contains(faults.server().log().toString());
        requireNoneIn("server directory", ofServer, alsoNoContent);
    }

    private static void requireNoneIn(String where, Map<String, String> texts, List<String> secrets) {
        assertThat(texts).as(where).isNotEmpty();
        List<String> found = new ArrayList<>();
        texts.forEach((name, text) -> secrets.stream().filter(text::contains).forEach(secret -> found.add(secret + " in " + name)));
        assertThat(found).as(where).isEmpty();
    }

    /** Every file below, archives and classes excepted, as one character a byte. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (var files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (!file.toString().matches(".*\\.(jar|ear|war|class|cache)")) {
                    texts.put(file.toString(), new String(Files.readAllBytes(file), ISO_8859_1));
                }
            }
        }
        return texts;
    }
}
