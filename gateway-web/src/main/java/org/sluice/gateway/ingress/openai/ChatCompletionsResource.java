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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.ingress.Asked;
import org.sluice.gateway.ingress.Door;
import org.sluice.gateway.ingress.Ingress;
import org.sluice.gateway.ingress.ResourceExchange;

/** {@code POST /api/chat/completions} (contract 1.6). */
@Path("/api/chat/completions")
@RequestScoped
@Tag(name = "Gateway")
public class ChatCompletionsResource {
    @Inject Ingress ingress;
    @Inject OpenAiDialect dialect;

    @POST
    @Operation(summary = "Chat completion by any model", description = "OpenAI chat completion with the gateway's own parameters beside it; an event stream when 'stream' is true.")
    @APIResponse(responseCode = "200", description = "A chat.completion object, or chat.completion.chunk events")
    public void create(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        ingress.serve(Asked.of(Door.chat(dialect)), ResourceExchange.of(request, body, response));
    }
}
