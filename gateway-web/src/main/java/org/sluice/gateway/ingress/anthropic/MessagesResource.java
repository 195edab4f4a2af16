package org.sluice.gateway.ingress.anthropic;

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
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.ingress.Asked;
import org.sluice.gateway.ingress.Ingress;
import org.sluice.gateway.ingress.ResourceExchange;

/** {@code POST /api/anthropic/v1/messages} and {@code .../count_tokens} (contract 1.8). */
@Path("/api/anthropic/v1/messages")
@RequestScoped
@Tag(name = "Gateway")
public class MessagesResource {
    @Inject Ingress ingress;
    @Inject AnthropicDialect dialect;

    @POST
    @Operation(summary = "Message by any model", description = "Anthropic's Messages API; an event stream when 'stream' is true.")
    @APIResponse(responseCode = "200", description = "A message object, or message events")
    public void create(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        ingress.serve(Asked.of(MessageDoors.messages(dialect)), ResourceExchange.of(request, body, response));
    }

    @POST
    @Path("count_tokens")
    @Operation(summary = "Count the input tokens of a message", description = "By the provider where it counts in this dialect, else an estimate.")
    @APIResponse(responseCode = "200", description = "An object with input_tokens")
    public void count(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        ingress.serve(Asked.of(MessageDoors.countTokens(dialect)), ResourceExchange.of(request, body, response));
    }
}
