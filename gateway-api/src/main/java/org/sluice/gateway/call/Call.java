package org.sluice.gateway.call;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.provider.Cancellation;
import org.sluice.gateway.provider.Operation;

/**
 * One client request inside the gateway. While nothing rewrote it, it is the client's own bytes with an outline, and a
 * provider of the same dialect gets those bytes; the canonical {@link ChatRequest} is read only when somebody needs it.
 * A call belongs to one thread.
 */
public final class Call {
    private final UUID id;
    private final Instant receivedAt;
    private final long startedNanos;
    private final Caller caller;
    private final Dialect ingress;
    private final String path;
    private final RequestOutline outline;
    private final Set<String> gatewayMembers;
    private final GatewayOptions options;
    private final Operation operation;
    private final Losses losses;
    private final ChatRequest rewritten;
    private final Cancellation cancellation;
    private final ResolvedPrompt prompt;
    private ChatRequest request;

    /**
     * @param id UUIDv7, the id in logs, in the response header and in errors
     * @param startedNanos {@link System#nanoTime()} at arrival
     * @param path path of the request, for the log
     * @param gatewayMembers names of the body's members that are the gateway's own
     */
    public Call(UUID id, Instant receivedAt, long startedNanos, Caller caller, Dialect ingress, String path,
            RequestOutline outline, Set<String> gatewayMembers, GatewayOptions options, Operation operation) {
        this(id, receivedAt, startedNanos, caller, ingress, path, outline, gatewayMembers, options, operation,
                new Losses(options.isStrict()), null, new Cancellation(), null);
    }

    private Call(UUID id, Instant receivedAt, long startedNanos, Caller caller, Dialect ingress, String path,
            RequestOutline outline, Set<String> gatewayMembers, GatewayOptions options, Operation operation,
            Losses losses, ChatRequest rewritten, Cancellation cancellation, ResolvedPrompt prompt) {
        this.id = id;
        this.receivedAt = receivedAt;
        this.startedNanos = startedNanos;
        this.caller = caller;
        this.ingress = ingress;
        this.path = path;
        this.outline = outline;
        this.gatewayMembers = gatewayMembers;
        this.options = options;
        this.operation = operation;
        this.losses = losses;
        this.rewritten = rewritten;
        this.cancellation = cancellation;
        this.prompt = prompt;
    }

    /** The same call with another request: a parameter changed. */
    public Call with(ChatRequest changed) {
        return new Call(id, receivedAt, startedNanos, caller, ingress, path, outline, gatewayMembers, options, operation, losses, changed, cancellation, prompt);
    }

    /** The same call with another body in the client's dialect: a prompt was resolved. */
    public Call with(RequestOutline changed, GatewayOptions merged, ResolvedPrompt resolved) {
        return new Call(id, receivedAt, startedNanos, caller, ingress, path, changed, gatewayMembers, merged, operation, losses, null, cancellation, resolved);
    }

    /** The same call for an attempt beside another: with losses and a cancellation of its own; it ends when this one does. */
    public Call beside() {
        Call copy = new Call(id, receivedAt, startedNanos, caller, ingress, path, outline, gatewayMembers, options, operation,
                new Losses(options.isStrict()), rewritten, new Cancellation(), prompt);
        cancellation.onCancel(copy.cancellation::cancel);
        return copy;
    }

    public boolean isUntouched() {
        return rewritten == null;
    }

    public ChatRequest request() {
        if (rewritten != null) {
            return rewritten;
        }
        if (request == null) {
            request = ingress.readRequest(outline, gatewayMembers);
        }
        return request;
    }

    /** The client's own bytes for a provider of the same dialect. */
    public Body forward(String upstreamModel) {
        return ingress.forward(outline, upstreamModel, gatewayMembers, losses);
    }

    public String model() {
        return rewritten != null ? rewritten.model() : outline.model();
    }

    public boolean isStream() {
        return outline.stream();
    }

    public UUID id() {
        return id;
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    public long startedNanos() {
        return startedNanos;
    }

    public Caller caller() {
        return caller;
    }

    public Dialect ingress() {
        return ingress;
    }

    public String path() {
        return path;
    }

    public RequestOutline outline() {
        return outline;
    }

    public Set<String> gatewayMembers() {
        return gatewayMembers;
    }

    /** Ends the call from another thread. */
    public Cancellation cancellation() {
        return cancellation;
    }

    public Operation operation() {
        return operation;
    }

    /** What the target could not be told. */
    public Losses losses() {
        return losses;
    }

    /** The managed prompt that the body was made from, or null. */
    public ResolvedPrompt prompt() {
        return prompt;
    }

    public GatewayOptions options() {
        return options;
    }
}
