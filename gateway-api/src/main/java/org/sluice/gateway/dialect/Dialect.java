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

    /** @param includeUsage whether the client wants usage in the stream, where the dialect lets it choose */
    ChunkWriter chunkWriter(boolean includeUsage);

    /** The error body, JSON. {@code callId} may be null. */
    byte[] writeError(GatewayException error, String callId);

    /** The frames that tell a failure after a stream has begun. */
    Slice writeErrorEvent(GatewayException error, String callId);

    // ---- with providers

    byte[] writeRequest(ChatRequest request);

    /**
     * The client's own bytes, for a provider of the same dialect: the model renamed if it differs, the gateway's members
     * cut out, and usage asked for in streams. Untouched bytes are shared, not copied.
     */
    Body forward(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers);

    /** @throws GatewayException UPSTREAM_INVALID when the body is not an answer of this dialect */
    ChatResponse readResponse(byte[] body);

    /** @throws GatewayException UPSTREAM_INVALID when the body is not JSON */
    ResponseOutline readResponseOutline(byte[] body);

    ChunkReader chunkReader();

    /** @param keepUsage whether the client itself asked for the usage event */
    EventWatch watch(boolean keepUsage);

    ProviderError readError(int status, String contentType, byte[] body);
}
