package org.sluice.gateway.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Cancellation;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Operation;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;

/** A provider without a network that does what it is told, one step a request; the last step is done again and again. */
public final class FakeProvider implements Provider, Upstream {
    private final String id;
    private final Dialect dialect;
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private boolean isKeeping;
    private final Deque<Function<UpstreamRequest, UpstreamResponse>> steps = new ArrayDeque<>();
    private final List<UpstreamRequest> requests = Collections.synchronizedList(new ArrayList<>());

    public FakeProvider(String id) {
        this(id, new OpenAiDialect());
    }

    public FakeProvider(String id, Dialect dialect) {
        this.id = id;
        this.dialect = dialect;
    }

    public static String answer(String model, String text) {
        return "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"" + model + "\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
                + text + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100}}";
    }

    public static String events(String model, String text) {
        return "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"" + model + "\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"" + text
                + "\"},\"finish_reason\":null}]}\n\ndata: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"" + model
                + "\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    }

    public FakeProvider does(Function<UpstreamRequest, UpstreamResponse> step) {
        steps.add(step);
        return this;
    }

    public FakeProvider answers(int status, String body, String... headers) {
        return does(request -> response(status, "application/json", new ByteArrayInputStream(body.getBytes(UTF_8)), headers));
    }

    public FakeProvider streams(String events) {
        return streams(() -> new ByteArrayInputStream(events.getBytes(UTF_8)));
    }

    public FakeProvider streams(Supplier<InputStream> body) {
        return does(request -> response(200, "text/event-stream", body.get()));
    }

    public FakeProvider fails(Supplier<GatewayException> failure) {
        return does(request -> {
            throw failure.get();
        });
    }

    /** An error in OpenAI's shape. */
    public FakeProvider refuses(int status, String message, String... headers) {
        return answers(status, "{\"error\":{\"message\":\"" + message + "\",\"type\":\"t\",\"param\":null,\"code\":null}}", headers);
    }

    private static UpstreamResponse response(int status, String type, InputStream body, String... headers) {
        Map<String, String> fields = new HashMap<>(Map.of("content-type", type));
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], headers[i + 1]);
        }
        return new UpstreamResponse() {
            @Override public int status() { return status; }
            @Override public Map<String, String> headers() { return fields; }
            @Override public InputStream body() { return body; }
            @Override public void close() { }
        };
    }

    @Override
    public boolean keepsAnswers() {
        return isKeeping;
    }

    /** Does not answer until the call is given up. */
    public FakeProvider hangs() {
        return does(request -> {
            try {
                givenUp.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new GatewayException(ErrorType.CLIENT_CANCELLED, "The call was cancelled.");
        });
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, Cancellation cancellation) {
        cancellation.onCancel(givenUp::countDown);
        return send(request);
    }

    /** It knows its answers by their ids. */
    public FakeProvider keeping() {
        isKeeping = true;
        return this;
    }

    /** What it was asked, oldest first. */
    public List<UpstreamRequest> requests() {
        return requests;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Dialect dialectFor(Dialect ingress, String upstreamModel) {
        return ingress.name().equals(dialect.name()) ? ingress : dialect;
    }

    @Override
    public URI baseUrl() {
        return URI.create("https://" + id + ".example/v1");
    }

    @Override
    public boolean needsCredential() {
        return false;
    }

    @Override
    public Set<Operation> operations() {
        return Set.of(Operation.CHAT);
    }

    @Override
    public UpstreamRequest prepare(Dispatch dispatch) {
        return new UpstreamRequest(baseUrl(), Map.of(), dispatch.body(), dispatch.stream(), dispatch.limits());
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request) {
        requests.add(request);
        Function<UpstreamRequest, UpstreamResponse> step;
        synchronized (steps) {
            step = steps.size() > 1 ? steps.poll() : steps.peek();
        }
        return step.apply(request);
    }
}
