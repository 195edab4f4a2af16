package org.sluice.gateway.ingress.openai;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.ingress.Door;
import org.sluice.gateway.ingress.EndpointIngress;
import org.sluice.gateway.ingress.ResourceExchange;

/** {@code POST /api/embeddings} (contract 1.11). */
@Path("/api/embeddings")
@RequestScoped
@Tag(name = "Gateway")
public class EmbeddingsResource {
    @Inject EndpointIngress ingress;
    @Inject OpenAiDialect dialect;

    @POST
    @Operation(summary = "Embeddings by any model")
    public void create(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        ingress.serveJson(Door.endpoint(dialect, org.sluice.gateway.provider.Operation.EMBEDDING), "", ResourceExchange.of(request, body, response));
    }
}
