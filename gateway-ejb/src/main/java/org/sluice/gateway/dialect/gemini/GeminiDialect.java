package org.sluice.gateway.dialect.gemini;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonWriter;

/** Google's generateContent. The rules of translation stand in the package's description. */
@ApplicationScoped
public class GeminiDialect implements Dialect {
    public static final String NAME = "gemini";

    @Override
    public String name() {
        return NAME;
    }

    /** Model and stream are said by the path, not by the body. */
    @Override
    public String conversationMember() {
        return "contents";
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

    /** The stream always carries usage, whatever {@code includeUsage} says: Google's clients cannot choose. */
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
    public byte[] writeTokenCount(long inputTokens) {
        return new JsonWriter(32).beginObject().name("totalTokens").value(inputTokens).endObject().toBytes();
    }

    @Override
    public byte[] writeRequest(ChatRequest request, Losses losses) {
        return new RequestWriter(request, losses).write();
    }

    @Override
    public Body forward(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers) {
        return ForwardedRequest.of(outline, gatewayMembers);
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
    public long readTokenCount(byte[] body) {
        long count = Fields.number(ProviderJson.object(Slice.of(body)), "totalTokens", -1);
        if (count < 0) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not a count of tokens.");
        }
        return count;
    }

    @Override
    public ChunkReader chunkReader() {
        return new EventReader();
    }

    /** Usage is part of every event of this dialect, so nothing is dropped whatever {@code keepUsage} says. */
    @Override
    public EventWatch watch(boolean keepUsage) {
        return new StreamWatch();
    }

    @Override
    public ProviderError readError(int status, String contentType, byte[] body) {
        return ErrorReader.read(status, contentType, body);
    }
}
