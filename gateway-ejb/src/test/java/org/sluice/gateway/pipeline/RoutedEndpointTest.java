package org.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.attempt.EndpointRunner;
import org.sluice.gateway.balance.Balancer;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.log.AttemptRecord;
import org.sluice.gateway.log.CallRecord;
import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.meter.CallMeter;
import org.sluice.gateway.organization.Organizations;
import org.sluice.gateway.provider.Cancellation;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upload;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.route.Asking;
import org.sluice.gateway.route.FakeProvider;
import org.sluice.gateway.route.Planning;
import org.sluice.gateway.upstream.HttpUpstream;
import org.sluice.gateway.usage.Usage;

/** Embeddings and uploads through the real pipeline: repeated and passed on where the body can be sent again. */
class RoutedEndpointTest {
    private static final String VECTORS = "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5]}],\"model\":\"m\",\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}";
    private final FakeProvider a = new FakeProvider("a");
    private final FakeProvider b = new FakeProvider("b");
    private final FakeProvider own = new FakeProvider("own");
    private final List<CallRecord> rows = new ArrayList<>();
    private final EndpointPipeline pipeline = pipeline();

    /** A provider that is asked over the network; what is asked goes to the fake one. */
    private record Networked(FakeProvider fake, Endpoint endpoint) implements Provider {
        @Override public String id() { return fake.id(); }
        @Override public Dialect dialect() { return fake.dialect(); }
        @Override public URI baseUrl() { return fake.baseUrl(); }
        @Override public boolean needsCredential() { return false; }
        @Override public Set<Operation> operations() { return Set.of(Operation.EMBEDDING, Operation.TRANSCRIPTION); }
        @Override public UpstreamRequest prepare(Dispatch dispatch) { throw new UnsupportedOperationException(); }
        @Override public Optional<Endpoint> endpoint(Operation operation, Deployment deployment) { return Optional.of(endpoint); }
        @Override public UpstreamRequest authorise(UpstreamRequest request, Deployment deployment, Credential credential, Upstream network) { return request; }
    }

    /** A wire format that takes one input a call. */
    private static final Endpoint ONE_BY_ONE = new Endpoint.Embeddings() {
        @Override public String path() { return "/own"; }
        @Override public int most() { return 1; }
        @Override public byte[] writeRequest(EmbeddingRequest request, Losses losses) { return request.inputs().get(0).json().text().getBytes(UTF_8); }
        @Override public EmbeddingResponse readResponse(byte[] body) { return new EmbeddingResponse("own-model", List.of(new RawJson(new String(body, UTF_8))), Usage.of(1, 0)); }
    };

    private EndpointPipeline pipeline() {
        List<Provider> providers = List.of(new Networked(a, new Endpoint.Same("/embeddings")), new Networked(b, new Endpoint.Same("/embeddings")), new Networked(own, ONE_BY_ONE));
        GatewayConfig config = GatewayConfig.of(Map.of());
        DeploymentHealth health = new DeploymentHealth();
        EndpointPipeline made = new EndpointPipeline();
        made.routes = Planning.of(providers, CredentialResolver.of(config, providers), Balancer.of(health), new Organizations());
        made.runner = EndpointRunner.of(new HttpUpstream() {
            @Override
            public UpstreamResponse send(UpstreamRequest request, Cancellation cancellation) {
                FakeProvider asked = List.of(a, b, own).stream().filter(fake -> request.uri().getHost().equals(fake.id() + ".example")).findFirst().orElseThrow();
                return asked.send(request, cancellation);
            }
        }, health);
        made.log = new RequestLogWriter() {
            @Override public void started(Call call, String deployment, long inputTokens) { }
            @Override public void ended(CallRecord record) { rows.add(record); }
        };
        made.recorder = new CallRecorder();
        made.recorder.log = made.log;
        made.recorder.meter = new CallMeter();
        made.recorder.config = config;
        return made;
    }

    private static Asking embedding(String model) {
        return Asking.model(model).dialect(new OpenAiDialect()).operation(Operation.EMBEDDING).body("\"input\":[\"one\",\"two\"]");
    }

    private String ask(Asking asking, EndpointAsk ask) {
        Reply reply = pipeline.execute(asking.call(), ask);
        if (reply instanceof Reply.Whole whole) {
            return new String(whole.body(), UTF_8);
        }
        StringBuilder all = new StringBuilder();
        try (FrameStream frames = ((Reply.Relayed) reply).frames()) {
            for (Slice frame = frames.next(); frame != null; frame = frames.next()) {
                all.append(frame.text());
            }
        }
        return all.toString();
    }

    private static List<String> bodies(FakeProvider provider) {
        return provider.requests().stream().map(request -> new String(request.body().toBytes(), UTF_8)).toList();
    }

    @Test
    void an_embedding_is_repeated_and_then_passed_on() {
        a.refuses(503, "busy");
        b.answers(200, VECTORS);
        assertThat(ask(embedding("a/m").fallbacks("b/n").retries(1, 0.001), EndpointAsk.json())).isEqualTo(VECTORS);
        assertThat(bodies(a)).hasSize(2).allMatch(body -> body.contains("\"model\":\"m\"") && !body.contains("fallback_models"));
        assertThat(bodies(b)).singleElement().asString().contains("\"model\":\"n\"");
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.deployment()).isEqualTo("b/n");
            assertThat(row.attempts()).extracting(AttemptRecord::status).containsExactly(503, 503, 200);
            assertThat(row.warnings()).contains("a/m failed: 503 busy");
        });
    }

    @Test
    void a_login_page_is_no_answer_and_one_attempt() {
        a.does(request -> new FakeProvider("x").answers(200, "<html>", "content-type", "text/html").send(request));
        b.answers(200, VECTORS);
        assertThat(ask(embedding("a/m").fallbacks("b/n"), EndpointAsk.json())).isEqualTo(VECTORS);
        assertThat(rows.get(0).attempts()).extracting(AttemptRecord::errorCode).containsExactly("upstream_invalid_response", null);
    }

    @Test
    void a_retry_goes_on_with_the_inputs_that_are_not_embedded_yet() {
        own.answers(200, "[1]").refuses(503, "busy").answers(200, "[2]");
        assertThat(ask(embedding("own/m").retries(1, 0.001), EndpointAsk.json())).contains("[1]", "[2]");
        assertThat(bodies(own)).containsExactly("\"one\"", "\"two\"", "\"two\"");
    }

    @Test
    void another_model_begins_anew_for_vectors_of_two_models_do_not_compare() {
        own.answers(200, "[1]").refuses(503, "busy");
        a.answers(200, VECTORS);
        assertThat(ask(embedding("own/m").fallbacks("a/n"), EndpointAsk.json())).isEqualTo(VECTORS);
        assertThat(bodies(a)).singleElement().asString().contains("[\"one\",\"two\"]");
    }

    @Test
    void an_upload_is_sent_once() {
        a.refuses(503, "busy");
        EndpointAsk upload = new EndpointAsk(null, "POST", null, null, Map.of(), model -> new Upload(new ByteArrayInputStream(new byte[3]), 3), false);
        GatewayException failure = catchThrowableOfType(GatewayException.class,
                () -> ask(Asking.model("a/m").operation(Operation.TRANSCRIPTION).fallbacks("b/n").retries(3, 0.001), upload));
        assertThat(failure.status()).isEqualTo(503);
        assertThat(Arrays.asList(a.requests().size(), b.requests().size())).containsExactly(1, 0);
    }
}
