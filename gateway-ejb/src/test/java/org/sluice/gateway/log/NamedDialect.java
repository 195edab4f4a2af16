package org.sluice.gateway.log;

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

/** A dialect that has a name and nothing else. */
record NamedDialect(String name) implements Dialect {
    @Override public RequestOutline readOutline(byte[] body) { throw new UnsupportedOperationException(); }
    @Override public ChatRequest readRequest(RequestOutline outline, Set<String> members) { throw new UnsupportedOperationException(); }
    @Override public byte[] writeResponse(ChatResponse response) { throw new UnsupportedOperationException(); }
    @Override public ChunkWriter chunkWriter(boolean includeUsage) { throw new UnsupportedOperationException(); }
    @Override public byte[] writeError(GatewayException error, String callId) { throw new UnsupportedOperationException(); }
    @Override public Slice writeErrorEvent(GatewayException error, String callId) { throw new UnsupportedOperationException(); }
    @Override public byte[] writeRequest(ChatRequest request, Losses losses) { throw new UnsupportedOperationException(); }
    @Override public Body forward(RequestOutline outline, String model, Set<String> members) { throw new UnsupportedOperationException(); }
    @Override public ChatResponse readResponse(byte[] body) { throw new UnsupportedOperationException(); }
    @Override public ResponseOutline readResponseOutline(byte[] body) { throw new UnsupportedOperationException(); }
    @Override public ChunkReader chunkReader() { throw new UnsupportedOperationException(); }
    @Override public EventWatch watch(boolean keepUsage) { throw new UnsupportedOperationException(); }
    @Override public ProviderError readError(int status, String contentType, byte[] body) { throw new UnsupportedOperationException(); }
}
