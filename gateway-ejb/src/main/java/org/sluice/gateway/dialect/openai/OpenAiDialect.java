package org.sluice.gateway.dialect.openai;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
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

/** OpenAI's chat completions; see the package. */
@ApplicationScoped
public class OpenAiDialect implements Dialect {
    public static final String NAME = "openai";
    private final Clock clock;

    public OpenAiDialect() {
        this(Clock.systemUTC());
    }

    OpenAiDialect(Clock clock) {
        this.clock = clock;
    }

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
        return ResponseWriter.write(response, clock.instant().getEpochSecond());
    }

    @Override
    public ChunkWriter chunkWriter(boolean includeUsage) {
        return new OpenAiChunkWriter(includeUsage, clock.instant().getEpochSecond());
    }

    @Override
    public byte[] writeError(GatewayException error, String callId) {
        return ErrorWriter.write(error);
    }

    @Override
    public Slice writeErrorEvent(GatewayException error, String callId) {
        return ErrorWriter.event(error);
    }

    @Override
    public byte[] writeRequest(ChatRequest request, Losses losses) {
        return RequestWriter.write(request, losses);
    }

    @Override
    public Body forward(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers) {
        boolean isChanged = Signatures.mayBeIn(outline.body())
                || OpenAiModels.isOpenAi(upstreamModel) && ForeignThoughts.mayBeIn(outline.body());
        if (!isChanged) {
            return ForwardedRequest.of(outline, upstreamModel, gatewayMembers);
        }
        byte[] own = writeRequest(readRequest(outline, gatewayMembers).withModel(upstreamModel));
        return ForwardedRequest.of(readOutline(own), upstreamModel, gatewayMembers);
    }

    @Override
    public ChatResponse readResponse(byte[] body) {
        return ResponseReader.read(body);
    }

    @Override
    public ResponseOutline readResponseOutline(byte[] body) {
        return ResponseOutlineReader.read(body);
    }

    @Override
    public ChunkReader chunkReader() {
        return new OpenAiChunkReader();
    }

    @Override
    public EventWatch watch(boolean keepUsage) {
        return new StreamWatch(keepUsage);
    }

    @Override
    public ProviderError readError(int status, String contentType, byte[] body) {
        return ErrorReader.read(status, contentType, body);
    }
}
