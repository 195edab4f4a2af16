package org.sluice.gateway.dialect.responses;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
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
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;

/** OpenAI's Responses API. The rules of translation stand in the package's description. */
@ApplicationScoped
public class ResponsesDialect implements Dialect {
    public static final String NAME = "responses";
    private final Clock clock;

    public ResponsesDialect() {
        this(Clock.systemUTC());
    }

    ResponsesDialect(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String conversationMember() {
        return "input";
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
        return writeResponse(response, null);
    }

    @Override
    public byte[] writeResponse(ChatResponse response, RequestOutline asked) {
        return ResponseWriter.write(response, Asked.of(asked), clock.instant().getEpochSecond());
    }

    /** The stream always carries usage, whatever {@code includeUsage} says: clients of this dialect cannot choose. */
    @Override
    public ChunkWriter chunkWriter(boolean includeUsage) {
        return chunkWriter((RequestOutline) null);
    }

    @Override
    public ChunkWriter chunkWriter(RequestOutline asked) {
        return new EventWriter(Asked.of(asked), clock.instant().getEpochSecond());
    }

    @Override
    public byte[] writeError(GatewayException error, String callId) {
        return ErrorWriter.write(error);
    }

    @Override
    public Slice writeErrorEvent(GatewayException error, String callId) {
        return writeErrorEvent(error, callId, 0);
    }

    @Override
    public Slice writeErrorEvent(GatewayException error, String callId, long number) {
        return ErrorWriter.event(error, number);
    }

    @Override
    public long eventNumber(Slice frame) {
        return EventNumber.last(frame);
    }

    @Override
    public byte[] writeRequest(ChatRequest request, Losses losses) {
        return new RequestWriter(request, losses).write();
    }

    /** What a client carries for the gateway is taken out, which writes the request anew; every other keeps its bytes. */
    @Override
    public Body forward(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers) {
        if (!Carried.mayBeIn(outline.body())) {
            return ForwardedRequest.of(outline, upstreamModel, gatewayMembers);
        }
        return Body.of(writeRequest(readRequest(outline, gatewayMembers).withModel(upstreamModel), new Losses(false)));
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
