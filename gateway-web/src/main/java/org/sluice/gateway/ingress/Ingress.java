package org.sluice.gateway.ingress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.FailureTrace;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.meter.CallMeter;
import org.sluice.gateway.pipeline.CallRecorder;
import org.sluice.gateway.pipeline.CompletionPipeline;
import org.sluice.gateway.pipeline.TokenCountPipeline;
import org.sluice.gateway.provider.Operation;

/** One completion request: authenticate, read, execute, answer. Both doors lead here. */
@ApplicationScoped
public class Ingress {
    private static final System.Logger LOGGER = System.getLogger(Ingress.class.getName());
    @Inject CallThreads threads;
    @Inject ExchangeAuthenticator authenticator;
    @Inject BodyReader bodies;
    @Inject CompletionPipeline pipeline;
    @Inject TokenCountPipeline tokenCounts;
    @Inject CallRecorder recorder;
    @Inject CallMeter meter;
    @Inject Drain drain;
    @Inject DisconnectWatch disconnects;
    @Inject Heartbeat heartbeat;

    /** Takes the exchange over and returns at once; the answer follows from another thread. */
    public void serve(Asked asked, Exchange exchange) {
        serve(asked, exchange, this::complete);
    }

    /** What is done with a request once it is known who asks. */
    interface Step {
        void run(Answering answering, Caller caller, long startedNanos);
    }

    /** The same for an endpoint with a step of its own. */
    void serve(Asked asked, Exchange exchange, Step step) {
        Answering answering = new Answering(asked, exchange, CallIds.next(System.currentTimeMillis()));
        try {
            threads.execute(() -> run(answering, step));
        } catch (GatewayException busy) {
            answering.fail(busy);
        }
    }

    /** Answers a request whose method the path does not know. */
    public void refuseMethod(Door door, Exchange exchange) {
        Answering answering = new Answering(Asked.of(door), exchange, CallIds.next(System.currentTimeMillis()));
        Map<String, String> headers = answering.headers();
        headers.put("Allow", "POST");
        ErrorAnswer.send(exchange, door.dialect(), FailureMapper.ofStatus(405), answering.id.toString(), headers);
    }

    /** Answers a request that cannot become a call. */
    public void refuse(Door door, Exchange exchange, GatewayException failure) {
        new Answering(Asked.of(door), exchange, CallIds.next(System.currentTimeMillis())).fail(failure);
    }

    /** Answers a request that is no call, a list for instance, once its key is known. Returns at once. */
    public void answer(Door door, Exchange exchange, Supplier<byte[]> body) {
        Answering answering = new Answering(Asked.of(door), exchange, CallIds.next(System.currentTimeMillis()));
        try {
            threads.execute(() -> {
                try {
                    authenticator.authenticate(exchange::headers, exchange.query(), exchange.peer().remoteAddress());
                    exchange.respond(200, "application/json", answering.headers(), body.get());
                } catch (GatewayException e) {
                    answering.fail(e);
                }
            });
        } catch (GatewayException busy) {
            answering.fail(busy);
        }
    }

    private void run(Answering answering, Step step) {
        long startedNanos = System.nanoTime();
        try {
            MessageCheck.requireOneFraming(answering.exchange);
            drain.requireOpen();
            Caller caller = authenticator.authenticate(answering.exchange::headers, answering.exchange.query(), answering.exchange.peer().remoteAddress());
            meter.started();
            step.run(answering, caller, startedNanos);
        } catch (GatewayException e) {
            answering.fail(e);
        } catch (RuntimeException | Error e) {
            LOGGER.log(System.Logger.Level.ERROR, "Call " + answering.id + " failed inside the gateway", FailureTrace.of(e));
            answering.fail(new GatewayException(ErrorType.INTERNAL, "The gateway failed; the log id tells the operator which call it was."));
        }
    }

    private void complete(Answering answering, Caller caller, long startedNanos) {
        byte[] body = null;
        try {
            body = readBody(answering, caller, startedNanos);
            Call call = read(answering, caller, startedNanos, body);
            answer(answering, call, () -> call.operation() == Operation.COUNT_TOKENS ? tokenCounts.execute(call) : pipeline.execute(call));
        } finally {
            bodies.release(body);
        }
    }

    byte[] readBody(Answering answering, Caller caller, long startedNanos) {
        try {
            return bodies.read(answering.exchange);
        } catch (GatewayException e) {
            recorder.refused(call(answering, caller, startedNanos, unread(), GatewayOptions.NONE), e);
            throw e;
        }
    }

    private Call read(Answering answering, Caller caller, long startedNanos, byte[] body) {
        return read(answering, caller, startedNanos, () -> answering.asked.complete(answering.dialect().readOutline(body)));
    }

    Call read(Answering answering, Caller caller, long startedNanos, Supplier<RequestOutline> reader) {
        RequestOutline outline = unread();
        GatewayOptions options = GatewayOptions.NONE;
        try {
            outline = reader.get();
            options = GatewayOptionsReader.read(outline, answering.exchange, answering.asked.door());
            return call(answering, caller, startedNanos, outline, options);
        } catch (GatewayException e) {
            recorder.refused(call(answering, caller, startedNanos, outline, options), e);
            throw e;
        }
    }

    static RequestOutline unread() {
        return new RequestOutline(new byte[0], "", false, false, Map.of());
    }

    private static Call call(Answering answering, Caller caller, long startedNanos, RequestOutline outline, GatewayOptions options) {
        return new Call(answering.id, Instant.now(), startedNanos, caller, answering.dialect(), answering.exchange.path(), outline,
                answering.asked.door().gatewayMembers(), options, answering.asked.door().operation());
    }

    void answer(Answering answering, Call call, Supplier<Reply> pipelined) {
        Exchange exchange = answering.exchange;
        DisconnectWatch.Registration watching = disconnects.watch(exchange.peer(), call.cancellation());
        try {
            Reply reply = pipelined.get();
            if (reply instanceof Reply.Relayed relayed) {
                RelayWriter.send(exchange, relayed, answering.headers(), answering.dialect(), answering.id.toString());
            } else if (reply instanceof Reply.Whole whole) {
                exchange.respond(200, "application/json", answering.headers(), whole.body());
            } else {
                stream(answering, ((Reply.Streamed) reply).frames(), call.options().framing());
            }
        } finally {
            watching.close();
        }
    }

    private void stream(Answering answering, FrameStream frames, GatewayOptions.Framing framing) {
        try (frames) {
            Map<String, String> headers = answering.headers();
            headers.put("Cache-Control", "no-cache");
            headers.put("X-Accel-Buffering", "no");
            StreamForm form = answering.asked.form() != null ? answering.asked.form() : framing != null ? new Reframing(framing) : null;
            answering.exchange.stream(form == null ? SseWriter.CONTENT_TYPE : form.contentType(), headers,
                    out -> new SseWriter(out, heartbeat, answering.dialect(), answering.id.toString(), form).copy(frames));
        }
    }

    /** Where the answer goes and what every answer carries. */
    record Answering(Asked asked, Exchange exchange, UUID id) {
        Dialect dialect() {
            return asked.door().dialect();
        }

        Map<String, String> headers() {
            return AnswerHeaders.of(dialect(), id.toString());
        }

        void fail(GatewayException e) {
            ErrorAnswer.send(exchange, dialect(), e, id.toString(), headers());
        }
    }
}
