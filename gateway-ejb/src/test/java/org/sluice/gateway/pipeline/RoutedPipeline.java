package org.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.attempt.AttemptRunner;
import org.sluice.gateway.balance.Balancer;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.conversation.Conversations;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.Admission;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.log.CallRecord;
import org.sluice.gateway.log.RequestLogWriter;
import org.sluice.gateway.meter.CallMeter;
import org.sluice.gateway.organization.Organizations;
import org.sluice.gateway.prompt.PromptResolver;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.route.Asking;
import org.sluice.gateway.route.FakeProvider;
import org.sluice.gateway.route.Planning;

/** The real pipeline over fake providers; notes the rows and what health is told. */
final class RoutedPipeline {
    final FakeProvider openai = new FakeProvider("openai");
    final FakeProvider gemini = new FakeProvider("gemini");
    final FakeProvider groq = new FakeProvider("groq");
    final FakeProvider xai = new FakeProvider("xai", new ResponsesDialect()).keeping();
    final FakeProvider claude = new FakeProvider("anthropic", new AnthropicDialect());
    private final List<CallRecord> rows = new ArrayList<>();
    final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final CompletionPipeline pipeline = pipeline();

    private CompletionPipeline pipeline() {
        List<Provider> providers = List.of(openai, gemini, groq, xai, claude);
        GatewayConfig config = GatewayConfig.of(Map.of());
        CompletionPipeline made = new CompletionPipeline();
        made.prompts = new PromptResolver();
        made.routes = Planning.of(providers, CredentialResolver.of(config, providers), Balancer.of(new DeploymentHealth()), new Organizations());
        made.attempts = AttemptRunner.of(null, new DeploymentHealth() {
            @Override
            public Admission admit(DeploymentKey key) {
                return new Told(key.deployment(), told);
            }
        });
        made.log = new RequestLogWriter() {
            @Override public void started(Call call, String deployment, long inputTokens) { }
            @Override public void ended(CallRecord record) { rows.add(record); }
        };
        made.prompts = new PromptResolver();
        made.recorder = new CallRecorder();
        made.recorder.log = made.log;
        made.recorder.meter = new CallMeter();
        made.recorder.config = config;
        made.conversations = Conversations.of(config);
        return made;
    }

    private record Told(String deployment, List<String> told) implements Admission {
        @Override public boolean isGranted() { return true; }
        @Override public String refusal() { return null; }
        @Override public long retryAfterMillis() { return -1; }
        @Override public void answered(long nanosToFirst) { told.add(deployment + " answered"); }
        @Override public void succeeded(long inputTokens, long outputTokens) { told.add(deployment + " succeeded " + inputTokens + "/" + outputTokens); }
        @Override public void failed(GatewayException failure) { told.add(deployment + " failed"); }
        @Override public void abandoned() { told.add(deployment + " abandoned"); }
    }

    String whole(Asking asking) {
        return new String(((Reply.Whole) pipeline.execute(asking.call())).body(), UTF_8);
    }

    static String read(FrameStream frames) {
        StringBuilder all = new StringBuilder();
        try (frames) {
            for (Slice frame = frames.next(); frame != null; frame = frames.next()) {
                all.append(frame.text());
            }
        }
        return all.toString();
    }

    FrameStream stream(Asking asking) {
        return ((Reply.Streamed) pipeline.execute(asking.stream().call())).frames();
    }

    CallRecord row() {
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}
