package org.sluice.gateway.ingress;

import java.io.ByteArrayOutputStream;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.retrieval.ListedEmbeddings;
import org.sluice.gateway.endpoint.EmbeddingResponse;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** An answer with embeddings in OpenAI's shape, read: the gateway's own, or the provider's bytes to their end. */
final class EmbeddingAnswer {
    private static final int MAX = 64 * 1024 * 1024;

    private EmbeddingAnswer() { }

    static EmbeddingResponse of(Reply reply) {
        byte[] body = reply instanceof Reply.Whole whole ? whole.body() : bytes(((Reply.Relayed) reply).frames());
        try {
            return ListedEmbeddings.read(body);
        } catch (GatewayException e) {
            throw e.type() == ErrorType.UPSTREAM_INVALID ? e : new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds no list of embeddings.", e);
        }
    }

    private static byte[] bytes(FrameStream frames) {
        try (frames) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (Slice piece = frames.next(); piece != null; piece = frames.next()) {
                all.write(piece.array(), piece.from(), piece.length());
                if (all.size() > MAX) {
                    throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is longer than " + MAX + " bytes.");
                }
            }
            return all.toByteArray();
        }
    }
}
