package org.sluice.gateway.provider.cohere;

import java.nio.charset.StandardCharsets;
import java.util.Map;
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
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;

/** Cohere's chat, second version; no client speaks it with the gateway. The rules stand in the package's description. */
final class CohereDialect implements Dialect {
    static final String NAME = "cohere";
    private static final int MAX_MESSAGE = 4000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] writeRequest(ChatRequest request, Losses losses) {
        return new RequestWriter(request, losses).write();
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

    @Override
    public ProviderError readError(int status, String contentType, byte[] body) {
        String message = null;
        try {
            if (JsonReader.read(body) instanceof JsonValue.JsonObject object) {
                message = object.text("message");
            }
        } catch (GatewayException notJson) {
            String text = new String(body, 0, Math.min(body.length, MAX_MESSAGE), StandardCharsets.UTF_8).strip();
            message = text.startsWith("<") ? null : text.replaceAll("\\p{Cntrl}", " ");
        }
        String words = message == null || message.isBlank() ? "The provider answered with status " + status + "." : message;
        return new ProviderError(status, null, null, null, words.length() <= MAX_MESSAGE ? words : words.substring(0, MAX_MESSAGE), NAME,
                contentType, body, null, Map.of());
    }

    @Override
    public RequestOutline readOutline(byte[] body) {
        throw noClient();
    }

    @Override
    public ChatRequest readRequest(RequestOutline outline, Set<String> gatewayMembers) {
        throw noClient();
    }

    @Override
    public byte[] writeResponse(ChatResponse response) {
        throw noClient();
    }

    @Override
    public ChunkWriter chunkWriter(boolean includeUsage) {
        throw noClient();
    }

    @Override
    public byte[] writeError(GatewayException error, String callId) {
        throw noClient();
    }

    @Override
    public Slice writeErrorEvent(GatewayException error, String callId) {
        throw noClient();
    }

    @Override
    public Body forward(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers) {
        throw noClient();
    }

    @Override
    public EventWatch watch(boolean keepUsage) {
        throw noClient();
    }

    private static UnsupportedOperationException noClient() {
        return new UnsupportedOperationException("No client speaks Cohere's dialect.");
    }
}
