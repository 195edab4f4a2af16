package org.sluice.gateway.provider.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;

/** The built-in provider; what it does stands in the package. */
@ApplicationScoped
public class Demo implements Provider, Upstream {
    private static final URI NOWHERE = URI.create("demo://local/v1");

    @Inject OpenAiDialect dialect;
    private final Clock clock;

    public Demo() {
        this(Clock.systemUTC());
    }

    Demo(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String id() {
        return "demo";
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public URI baseUrl() {
        return NOWHERE;
    }

    @Override
    public boolean needsCredential() {
        return false;
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        return new UpstreamRequest(NOWHERE, Map.of(), dispatch.body(), dispatch.stream(), dispatch.limits());
    }

    @Override
    public UpstreamResponse send(UpstreamRequest sent) {
        DemoRequest request = new DemoRequest(sent.body().toBytes());
        DemoAnswer answer = DemoScript.answer(request);
        long nowSeconds = clock.instant().getEpochSecond();
        if (answer instanceof DemoAnswer.Failure failure) {
            return DemoResponse.failed(failure);
        }
        AnswerWriter writer = new AnswerWriter(request, answer, nowSeconds);
        return sent.isStream() ? DemoResponse.streamed(new EventFrames(writer)) : DemoResponse.whole(writer.whole());
    }
}
