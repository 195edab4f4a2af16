package org.sluice.gateway.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A gateway whose providers misbehave, one for all tests of a run: {@code openai}, {@code anthropic} and {@code gemini} are
 * {@link #upstream()}, {@code groq} refuses connections, {@code xai} has a name that does not resolve, {@code deepseek}
 * speaks no TLS where TLS is expected, {@code mistral} is a network that swallows everything. Calls may
 * bring the address of {@link #upstream()} themselves, and no other inside. Silence in an answer is borne
 * for {@link #IDLE}, silence before a stream's first event for {@link #FIRST_BYTE}, a client that takes nothing for
 * {@link #WRITE_LIMIT}. Not for parallel tests.
 */
final class FaultServer {
    /** Stands for every provider's key; must not be seen anywhere. */
    static final String PROVIDER_KEY = "sk-SENTINEL-provider-4f1c9a7e";
    /** Of the test environment. */
    static final String TEST_KEY = "TESTTEST.0123456789abcdefghijklmnopqrstuv";
    static final Duration IDLE = Duration.ofSeconds(4);
    static final Duration FIRST_BYTE = Duration.ofSeconds(8);
    static final Duration WRITE_LIMIT = Duration.ofSeconds(10);
    static final String HI = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static FaultServer shared;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScriptedUpstream upstream;
    private final ServerUnderTest server;
    private final BlackHole hole = new BlackHole();

    private FaultServer() throws IOException {
        upstream = new ScriptedUpstream();
        String address = "http://127.0.0.1:" + upstream.port();
        server = ServerUnderTest.named("faults")
                .with("OPENAI_API_KEY", PROVIDER_KEY).with("OPENAI_BASE_URL", address + "/v1")
                .with("ANTHROPIC_API_KEY", PROVIDER_KEY).with("ANTHROPIC_BASE_URL", address)
                .with("GEMINI_API_KEY", PROVIDER_KEY).with("GEMINI_BASE_URL", address)
                .with("GROQ_API_KEY", PROVIDER_KEY).with("GROQ_BASE_URL", "http://127.0.0.1:" + ServerLaunch.freePort())
                .with("XAI_API_KEY", PROVIDER_KEY).with("XAI_BASE_URL", "http://no-such-provider.invalid")
                .with("DEEPSEEK_API_KEY", PROVIDER_KEY).with("DEEPSEEK_BASE_URL", "https://127.0.0.1:" + upstream.port())
                .with("MISTRAL_API_KEY", PROVIDER_KEY).with("MISTRAL_BASE_URL", "http://127.0.0.1:" + hole.port())
                .with("GATEWAY_EGRESS_PRIVATE_HOSTS", "127.0.0.1:" + upstream.port()).with("GATEWAY_EGRESS_NEW_HOSTS_PER_MINUTE", "1000")
                .with("GATEWAY_BOOTSTRAP_TEST_KEY", TEST_KEY)
                .with("GATEWAY_HEALTH_REST_OPERATORS", "default")
                .with("GATEWAY_UPSTREAM_FIRST_BYTE_TIMEOUT", FIRST_BYTE.toString())
                .with("GATEWAY_DOOR_WRITE_TIMEOUT", WRITE_LIMIT.toString())
                .with("GATEWAY_UPSTREAM_IDLE_TIMEOUT", IDLE.toString());
    }

    static synchronized FaultServer shared() {
        if (shared == null) {
            try {
                FaultServer faults = new FaultServer();
                Runtime.getRuntime().addShutdownHook(new Thread(faults.server::close, "stop-fault-server"));
                faults.server.start();
                shared = faults;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return shared;
    }

    ServerUnderTest server() {
        return server;
    }

    ScriptedUpstream upstream() {
        return upstream;
    }

    LogRows log() {
        return new LogRows(server);
    }

    /** A chat completion of this model; {@code members} are further members of the body. */
    HttpResponse<String> ask(String model, String members) throws IOException, InterruptedException {
        return http.send(request(body(model, members)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Like {@link #ask}, returning with the head of the answer. */
    HttpResponse<InputStream> open(String model, String members) throws IOException, InterruptedException {
        return http.send(request(body(model, members)).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    static String body(String model, String members) {
        return "{\"model\":\"" + model + "\"," + members + (members.isEmpty() ? "" : ",") + HI + "}";
    }

    HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + "/api/chat/completions")).timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + ServerUnderTest.key()).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
