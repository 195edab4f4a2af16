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
import org.sluice.gateway.ingress.Asked;
import org.sluice.gateway.ingress.Door;
import org.sluice.gateway.ingress.Ingress;
import org.sluice.gateway.ingress.ResourceExchange;

/** {@code POST /api/completions}: OpenAI's first API, by the providers that still have it, whole or as a stream. */
@Path("/api/completions")
@RequestScoped
@Tag(name = "Gateway")
public class LegacyCompletionsResource {
    @Inject Ingress ingress;
    @Inject OpenAiDialect dialect;

    @POST
    @Operation(summary = "Completion of a text")
    public void create(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        ingress.serve(Asked.of(Door.endpoint(dialect, org.sluice.gateway.provider.Operation.COMPLETION, "prompt")), ResourceExchange.of(request, body, response));
    }
}
