package org.sluice.gateway.endpoint;

import org.sluice.gateway.dialect.Losses;

/** Where and how a provider is asked for something besides a chat. Shared by all threads. */
public interface Endpoint {
    /** Below the provider's base URL, with a leading slash; may hold a query. */
    String path();

    /** It speaks our clients' wire format: their bytes pass, the model renamed and the gateway's members cut out. */
    record Same(String path) implements Endpoint {}

    /** Embeddings in a wire format of the provider's own. */
    interface Embeddings extends Endpoint {
        /** Inputs that one call takes; more are asked for in several calls. */
        default int most() {
            return EmbeddingRequest.MOST_INPUTS;
        }

        byte[] writeRequest(EmbeddingRequest request, Losses losses);

        /** @throws org.sluice.gateway.error.GatewayException of any kind when the body is not an answer; it becomes UPSTREAM_INVALID */
        EmbeddingResponse readResponse(byte[] body);
    }

    /** A rerank in a wire format of the provider's own. */
    interface Rerank extends Endpoint {
        byte[] writeRequest(RerankRequest request, Losses losses);

        /** @throws org.sluice.gateway.error.GatewayException of any kind when the body is not an answer; it becomes UPSTREAM_INVALID */
        RerankResponse readResponse(byte[] body);
    }
}
