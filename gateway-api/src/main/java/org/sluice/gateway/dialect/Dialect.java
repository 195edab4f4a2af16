package org.sluice.gateway.dialect;

import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;

/** A wire format. Thread-safe; see the package for the rules. */
public interface Dialect {
    /** Lower-case, unique: {@code openai}, {@code anthropic}. */
    String name();

    /** The member of a request that holds the conversation. */
    default String conversationMember() {
        return "messages";
    }

    // ---- with clients

    /**
     * Reads the top level of a request and checks the whole body strictly.
     *
     * @throws GatewayException INVALID_JSON, DUPLICATE_KEY or INVALID_VALUE
     */
    RequestOutline readOutline(byte[] body);

    /** Reads the whole request. Members named in {@code gatewayMembers} are the gateway's own and are left out. */
    ChatRequest readRequest(RequestOutline outline, Set<String> gatewayMembers);

    byte[] writeResponse(ChatResponse response);

    /** The same where answers repeat what was asked; null when that is not known. */
    default byte[] writeResponse(ChatResponse response, RequestOutline asked) {
        return writeResponse(response);
    }

    /** @param includeUsage whether the client wants usage in the stream, where the dialect lets it choose */
    ChunkWriter chunkWriter(boolean includeUsage);

    /** The same where answers repeat what was asked. */
    default ChunkWriter chunkWriter(RequestOutline asked) {
        return chunkWriter(asked.includeUsage());
    }

    /** The error body, JSON. {@code callId} may be null. */
    byte[] writeError(GatewayException error, String callId);

    /** The frames that tell a failure after a stream has begun. */
    Slice writeErrorEvent(GatewayException error, String callId);

    /** The same where events are numbered. @param number of this event */
    default Slice writeErrorEvent(GatewayException error, String callId, long number) {
        return writeErrorEvent(error, callId);
    }

    /** What keeps a silent stream open once it has begun, in a dialect that has an event for it; null where a comment does. */
    default Slice keepAlive() {
        return null;
    }

    /** The number of the last event in a frame, in a dialect that numbers them; else -1. */
    default long eventNumber(Slice frame) {
        return -1;
    }

    /** The header in which this dialect's clients look for the id of a request, or null. */
    default String requestIdHeader() {
        return null;
    }

    /** The answer to a client that asked how many input tokens a request has; only where the dialect knows such an answer. */
    default byte[] writeTokenCount(long inputTokens) {
        throw new UnsupportedOperationException(name());
    }

    // ---- with providers

    /**
     * The request in this dialect.
     *
     * @param losses told of every parameter that is left out
     */
    byte[] writeRequest(ChatRequest request, Losses losses);

    /** The same where nobody asks what is left out. */
    default byte[] writeRequest(ChatRequest request) {
        return writeRequest(request, new Losses(false));
    }

    /** Headers of this dialect's clients that a provider of the same dialect gets as they are, lower-case. */
    default Set<String> forwardedHeaders() {
        return Set.of();
    }

    /**
     * The client's own bytes, for a provider of the same dialect: the model renamed if it differs, the gateway's members
     * cut out, and usage asked for in streams. Untouched bytes are shared, not copied.
     */
    Body forward(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers);

    /** The same. @param losses told of what is cut out although it is not the gateway's */
    default Body forward(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers, Losses losses) {
        return forward(outline, upstreamModel, gatewayMembers);
    }

    /** @throws GatewayException UPSTREAM_INVALID when the body is not an answer of this dialect */
    ChatResponse readResponse(byte[] body);

    /** @throws GatewayException UPSTREAM_INVALID when the body is not JSON */
    ResponseOutline readResponseOutline(byte[] body);

    /** @throws GatewayException UPSTREAM_INVALID when the body is not a count of this dialect */
    default long readTokenCount(byte[] body) {
        throw new UnsupportedOperationException(name());
    }

    ChunkReader chunkReader();

    /** @param keepUsage whether the client itself asked for the usage event */
    EventWatch watch(boolean keepUsage);

    ProviderError readError(int status, String contentType, byte[] body);
}
