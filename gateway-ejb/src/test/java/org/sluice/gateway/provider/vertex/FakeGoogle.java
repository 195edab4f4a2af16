package org.sluice.gateway.provider.vertex;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;

/** Google's token address: answers what the test says and remembers what it was asked. */
final class FakeGoogle implements Upstream {
    final List<UpstreamRequest> asked = new CopyOnWriteArrayList<>();
    private volatile Function<UpstreamRequest, UpstreamResponse> answers;

    FakeGoogle(Function<UpstreamRequest, UpstreamResponse> answers) {
        this.answers = answers;
    }

    /** Tokens t1, t2, ... of this life. */
    static FakeGoogle givingTokens(int lifeSeconds) {
        FakeGoogle[] google = new FakeGoogle[1];
        google[0] = new FakeGoogle(request -> answer(200, "{\"access_token\":\"t" + google[0].asked.size() + "\",\"expires_in\":" + lifeSeconds + ",\"token_type\":\"Bearer\"}"));
        return google[0];
    }

    void answerWith(Function<UpstreamRequest, UpstreamResponse> next) {
        answers = next;
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request) {
        asked.add(request);
        return answers.apply(request);
    }

    static UpstreamResponse answer(int status, String body) {
        return new UpstreamResponse() {
            @Override
            public int status() {
                return status;
            }

            @Override
            public Map<String, String> headers() {
                return Map.of("content-type", "application/json");
            }

            @Override
            public InputStream body() {
                return new ByteArrayInputStream(body.getBytes(UTF_8));
            }

            @Override
            public void close() { }
        };
    }
}
