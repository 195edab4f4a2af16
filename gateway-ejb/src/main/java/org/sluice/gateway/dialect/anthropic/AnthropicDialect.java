package org.sluice.gateway.dialect.anthropic;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;

/** Anthropic's Messages API, version 2023-06-01. The rules of translation stand in the package's description. */
@ApplicationScoped
public class AnthropicDialect implements Dialect {
    public static final String NAME = "anthropic";
    private static final Slice PING = Slice.utf8("event: ping\ndata: {\"type\": \"ping\"}\n\n");
    private static final Set<String> HEADERS = Set.of("anthropic-version", "anthropic-beta");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RequestOutline readOutline(byte[] body) {
        return OutlineReader.read(body);
    }

    @Override
    public ChatRequest readRequest(RequestOutline outline, Set<String> gatewayMembers) {
        return RequestReader.read(outline, gatewayMembers);
    }

    @Override
    public byte[] writeResponse(ChatResponse response) {
        return ResponseWriter.write(response);
    }

    /** The stream always carries usage, whatever {@code includeUsage} says: Anthropic's clients cannot choose. */
    @Override
    public ChunkWriter chunkWriter(boolean includeUsage) {
        return new EventWriter();
    }

    @Override
    public byte[] writeError(GatewayException error, String callId) {
        return ErrorWriter.write(error, callId);
    }

    @Override
    public Slice writeErrorEvent(GatewayException error, String callId) {
        return ErrorWriter.event(error, callId);
    }

    @Override
    public String requestIdHeader() {
        return "request-id";
    }

    @Override
    public byte[] writeTokenCount(long inputTokens) {
        return TokenCount.write(inputTokens);
    }

    @Override
    public long readTokenCount(byte[] body) {
        return TokenCount.read(body);
    }

    @Override
    public byte[] writeRequest(ChatRequest request, Losses losses) {
        return new RequestWriter(request, losses).write();
    }

    @Override
    public Set<String> forwardedHeaders() {
        return HEADERS;
    }

    @Override
    public Body forward(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers) {
        return forward(outline, upstreamModel, gatewayMembers, new Losses(false));
    }

    @Override
    public Body forward(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers, Losses losses) {
        RequestOutline own = outline;
        if (Signatures.mayBeIn(outline.body())) {
            own = readOutline(writeRequest(readRequest(outline, gatewayMembers), losses));
        }
        return ForwardedRequest.of(own, upstreamModel, gatewayMembers, losses);
    }

    @Override
    public Slice keepAlive() {
        return PING;
    }

    @Override
    public ChatResponse readResponse(byte[] body) {
        return ResponseReader.read(body);
    }

    @Override
    public ResponseOutline readResponseOutline(byte[] body) {
        return ResponseReader.outline(body);
    }

    @Override
    public ChunkReader chunkReader() {
        return new EventReader();
    }

    /** Usage is part of every stream of this dialect, so nothing is dropped whatever {@code keepUsage} says. */
    @Override
    public EventWatch watch(boolean keepUsage) {
        return new StreamWatch();
    }

    @Override
    public ProviderError readError(int status, String contentType, byte[] body) {
        return ErrorReader.read(status, contentType, body);
    }
}
