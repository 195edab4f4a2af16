package org.sluice.gateway.ingress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.sluice.gateway.apikey.PresentedKey;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.ingress.Ingress.Answering;
import org.sluice.gateway.pipeline.EndpointAsk;
import org.sluice.gateway.pipeline.EndpointPipeline;
import org.sluice.gateway.provider.Upload;

/** Requests of endpoints besides chat: with JSON, with a form that holds files, or of a provider's own things. */
@ApplicationScoped
public class EndpointIngress {
    private static final String DEFAULT_PROVIDER = "openai";
    /** Read where a provider's own wire format has it, cut out where the bytes pass to one that has OpenAI's. */
    private static final Set<String> KNOWN_TO_FEW = Set.of("input_type");
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    @Inject Ingress ingress;
    @Inject BodyReader bodies;
    @Inject EndpointPipeline pipeline;
    @Inject GatewayConfig config;

    /** @param defaultModel who answers when the body names no model; empty when it must */
    public void serveJson(Door door, String defaultModel, Exchange exchange) {
        ingress.serve(Asked.of(door), exchange, (answering, caller, startedNanos) -> {
            byte[] body = null;
            try {
                body = ingress.readBody(answering, caller, startedNanos);
                byte[] read = body;
                Call call = ingress.read(answering, caller, startedNanos, () -> PlainOutline.read(read, defaultModel));
                ingress.answer(answering, call, () -> pipeline.execute(call, EndpointAsk.json()));
            } finally {
                bodies.release(body);
            }
        });
    }

    /** A form: fields, and files that pass while they arrive. */
    public void serveForm(Door door, String defaultModel, Exchange exchange) {
        ingress.serve(Asked.of(door), exchange, (answering, caller, startedNanos) -> {
            String boundary = PartScanner.boundary(exchange.header("Content-Type"));
            FormReader[] opened = new FormReader[1];
            try {
                Call call = ingress.read(answering, caller, startedNanos, () -> {
                    opened[0] = open(exchange, boundary);
                    return opened[0].outline(door.gatewayMembers(), defaultModel);
                });
                FormReader form = opened[0];
                Map<String, String> headers = headers(exchange, Set.of("content-type", "accept"));
                EndpointAsk ask = new EndpointAsk(null, "POST", null, null, headers, model -> upload(form, boundary, model, door), false);
                ingress.answer(answering, call, () -> pipeline.execute(call, ask));
            } finally {
                if (opened[0] != null) {
                    opened[0].close();
                }
            }
        });
    }

    private FormReader open(Exchange exchange, String boundary) {
        if (boundary == null) {
            throw new GatewayException(ErrorType.UNSUPPORTED_MEDIA, "Send the request as Content-Type: multipart/form-data with a boundary.");
        }
        try {
            FormReader form = new FormReader(bounded(exchange), boundary, config.bytes(ConfigKey.DOOR_BODY_MAX));
            boolean isRead = false;
            try {
                form.readHead();
                isRead = true;
                return form;
            } finally {
                if (!isRead) {
                    form.close();
                }
            }
        } catch (IOException e) {
            throw incomplete(e);
        }
    }

    private static Upload upload(FormReader form, String boundary, String model, Door door) {
        try {
            return new Upload(new FormUpload(form, boundary, model, door.gatewayMembers()), Upload.UNKNOWN);
        } catch (IOException e) {
            throw incomplete(e);
        }
    }

    /**
     * Files and batches: at the pinned provider, else at OpenAI.
     *
     * @param method of the request
     * @param first the path's segment behind which it is the provider's, e.g. {@code /files}
     */
    public void serveOwn(Door door, String method, String first, Exchange exchange) {
        ingress.serve(Asked.of(door), exchange, (answering, caller, startedNanos) -> {
            Map<String, String> headers = headers(exchange, Set.of("content-type", "accept", "openai-beta"));
            String path = ForeignPath.below(first, exchange.path());
            foreign(answering, caller, startedNanos, method, (call, content) -> new EndpointAsk(
                    call.options().routeProvider() == null ? DEFAULT_PROVIDER : call.options().routeProvider(), method, path,
                    PresentedKey.queryWithoutKey(exchange.query()), headers, content, false));
        });
    }

    /** Anything of one provider, in its own words. */
    public void servePassthrough(Door door, String method, Exchange exchange) {
        ingress.serve(Asked.of(door), exchange, (answering, caller, startedNanos) -> {
            ForeignPath target = ForeignPath.of(exchange.path());
            foreign(answering, caller, startedNanos, method, (call, content) -> new EndpointAsk(target.provider(), method, target.path(),
                    PresentedKey.queryWithoutKey(exchange.query()), ForeignHeaders.of(exchange), content, true));
        });
    }

    /**
     * JSON in a provider's own words about a model that the path names; the answer is the provider's own.
     *
     * @param path at the provider
     */
    public void serveNative(Door door, String provider, String model, String path, Exchange exchange) {
        ingress.serve(Asked.of(door), exchange, (answering, caller, startedNanos) -> {
            byte[] body = null;
            try {
                body = ingress.readBody(answering, caller, startedNanos);
                byte[] read = body;
                Call call = ingress.read(answering, caller, startedNanos,
                        () -> new RequestOutline(read, model, false, false, PlainOutline.read(read, model).members()));
                EndpointAsk ask = new EndpointAsk(provider, "POST", path, null, Map.of("Content-Type", "application/json"), null, true);
                ingress.answer(answering, call, () -> pipeline.execute(call, ask));
            } finally {
                bodies.release(body);
            }
        });
    }

    /**
     * Embeddings asked for in another shape than OpenAI's.
     *
     * @param reader the client's body to a request in OpenAI's shape
     * @param writer the answer in the client's shape
     */
    public void serveEmbeddings(Door door, String model, UnaryOperator<byte[]> reader, Function<EmbeddingResponse, byte[]> writer, Exchange exchange) {
        Door translated = new Door(door.dialect(), door.operation(), KNOWN_TO_FEW, false);
        ingress.serve(Asked.of(translated), exchange, (answering, caller, startedNanos) -> {
            byte[] body = null;
            try {
                body = ingress.readBody(answering, caller, startedNanos);
                byte[] read = body;
                Call call = ingress.read(answering, caller, startedNanos, () -> PlainOutline.read(reader.apply(read), model));
                ingress.answer(answering, call, () -> new Reply.Whole(writer.apply(EmbeddingAnswer.of(pipeline.execute(call, EndpointAsk.json())))));
            } finally {
                bodies.release(body);
            }
        });
    }

    /** What becomes of a call whose path and body are the provider's. */
    private interface Asking {
        EndpointAsk ask(Call call, EndpointAsk.Content content);
    }

    private void foreign(Answering answering, Caller caller, long startedNanos, String method, Asking asking) {
        Exchange exchange = answering.exchange();
        String type = exchange.header("Content-Type");
        boolean hasBody = WITH_BODY.contains(method) && exchange.contentLength() != 0 && (exchange.contentLength() > 0 || type != null);
        boolean isJson = hasBody && type != null && BodyReader.isJson(type) && exchange.header("Content-Encoding") == null;
        byte[] body = null;
        try {
            body = isJson ? ingress.readBody(answering, caller, startedNanos) : null;
            byte[] read = body;
            Supplier<RequestOutline> outline = () -> read == null ? Ingress.unread() : PlainOutline.readForeign(read);
            Call call = ingress.read(answering, caller, startedNanos, outline);
            EndpointAsk.Content content = hasBody && !isJson ? model -> new Upload(bounded(exchange), exchange.contentLength()) : null;
            ingress.answer(answering, call, () -> pipeline.execute(call, asking.ask(call, content)));
        } finally {
            bodies.release(body);
        }
    }

    private BoundedUpload bounded(Exchange exchange) {
        try {
            return new BoundedUpload(bodies.steady(exchange.body()), exchange.contentLength(), config.bytes(ConfigKey.DOOR_UPLOAD_MAX));
        } catch (IOException e) {
            throw incomplete(e);
        }
    }

    private static Map<String, String> headers(Exchange exchange, Set<String> names) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : names) {
            String value = exchange.header(name);
            if (value != null) {
                headers.put(name.toLowerCase(Locale.ROOT), value);
            }
        }
        return headers;
    }

    private static GatewayException incomplete(IOException e) {
        return new GatewayException(ErrorType.REQUEST_TIMEOUT, "The request body did not arrive completely.", e);
    }
}
