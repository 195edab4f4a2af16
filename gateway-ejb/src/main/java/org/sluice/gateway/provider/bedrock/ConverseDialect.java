package org.sluice.gateway.provider.bedrock;

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

/**
 * Bedrock's Converse API. Spoken with the provider only: what a client would need is not there. One for a model, because
 * an answer does not say which model gave it.
 *
 * @param model the id the model is asked by, or null
 * @param claude the dialect that knows how Claude is made to think
 */
record ConverseDialect(String model, Dialect claude) implements Dialect {
    static final String NAME = "converse";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] writeRequest(ChatRequest request, Losses losses) {
        return new ConverseRequest(request, losses, claude).write();
    }

    @Override
    public ChatResponse readResponse(byte[] body) {
        return ConverseAnswer.read(body, model);
    }

    @Override
    public ResponseOutline readResponseOutline(byte[] body) {
        return ConverseAnswer.outline(body, model);
    }

    @Override
    public ChunkReader chunkReader() {
        return new ConverseReader(model);
    }

    @Override
    public ProviderError readError(int status, String contentType, byte[] body) {
        return ConverseError.read(status, contentType, body);
    }

    // ---- nobody speaks it with us

    private static UnsupportedOperationException notForClients() {
        return new UnsupportedOperationException("No client speaks " + NAME + ".");
    }

    @Override
    public RequestOutline readOutline(byte[] body) {
        throw notForClients();
    }

    @Override
    public ChatRequest readRequest(RequestOutline outline, Set<String> gatewayMembers) {
        throw notForClients();
    }

    @Override
    public byte[] writeResponse(ChatResponse response) {
        throw notForClients();
    }

    @Override
    public ChunkWriter chunkWriter(boolean includeUsage) {
        throw notForClients();
    }

    @Override
    public byte[] writeError(GatewayException error, String callId) {
        throw notForClients();
    }

    @Override
    public Slice writeErrorEvent(GatewayException error, String callId) {
        throw notForClients();
    }

    @Override
    public Body forward(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers) {
        throw notForClients();
    }

    @Override
    public EventWatch watch(boolean keepUsage) {
        throw notForClients();
    }
}
