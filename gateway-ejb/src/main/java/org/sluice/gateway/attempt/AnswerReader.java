package org.sluice.gateway.attempt;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.upstream.SseReader;

/** Turns one upstream response into an answer in the client's dialect, or into the failure that it is. */
final class AnswerReader {
    static final int MAX_ERROR_BODY = 64 * 1024;

    private AnswerReader() { }

    static Answer read(Call call, Target target, UpstreamResponse response) {
        boolean isOpen = false;
        try {
            if (response.status() >= 400) {
                throw GatewayException.provider(readError(target, response, body(response, MAX_ERROR_BODY)));
            }
            if (response.status() != 200) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider answered with status " + response.status() + ".");
            }
            if (call.isStream() && isEventStream(response)) {
                AnswerFrames frames = frames(call, target, response);
                isOpen = true;
                return new Answer.Streamed(target, frames);
            }
            return whole(call, target, response);
        } finally {
            if (!isOpen) {
                response.close();
            }
        }
    }

    private static boolean isEventStream(UpstreamResponse response) {
        String type = response.headers().get("content-type");
        return type == null || !type.startsWith("application/json");
    }

    private static AnswerFrames frames(Call call, Target target, UpstreamResponse response) {
        Dialect dialect = target.dialect();
        EventSource own = target.provider().events(dialect, response.body());
        EventSource events = own == null ? new SseReader(response.body()) : own;
        AnswerFrames frames = AttemptRunner.passesThrough(call, target)
                ? new RelayedFrames(response, events, dialect.watch(call.outline().includeUsage()), dialect)
                : new TranslatedFrames(response, events, SignedBy.named(ModelName.added(dialect.chunkReader(), target), target), call.ingress().chunkWriter(call.outline()));
        return HeldFrames.untilFirst(frames, target.credential());
    }

    private static Answer whole(Call call, Target target, UpstreamResponse response) {
        Dialect dialect = target.dialect();
        byte[] body = body(response, Integer.MAX_VALUE);
        ResponseOutline outline = dialect.readResponseOutline(body);
        if (outline.isError()) {
            throw GatewayException.provider(readError(target, response, body));
        }
        if (call.isStream()) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider answered a stream request without a stream.");
        }
        if (AttemptRunner.passesThrough(call, target)) {
            return new Answer.Whole(target, body, outline);
        }
        ChatResponse answer = SignedBy.named(ModelName.added(dialect.readResponse(body), target), target);
        return new Answer.Whole(target, call.ingress().writeResponse(answer, call.outline()), outline);
    }

    static ProviderError readError(Target target, UpstreamResponse response, byte[] body) {
        int status = response.status() >= 400 ? response.status() : 502;
        ProviderError error = target.dialect().readError(status, response.headers().get("content-type"), body);
        Map<String, String> passedOn = new HashMap<>(error.headers());
        for (String name : new String[] {"retry-after", "retry-after-ms"}) {
            if (response.headers().get(name) != null) {
                passedOn.put(name, response.headers().get(name));
            }
        }
        return Blot.out(target.provider().explained(error.withHeaders(passedOn), response.headers()), target.credential());
    }

    static byte[] body(UpstreamResponse response, int max) {
        try {
            return max == Integer.MAX_VALUE ? response.body().readAllBytes() : response.body().readNBytes(max);
        } catch (IOException e) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer could not be read.", e);
        }
    }
}
