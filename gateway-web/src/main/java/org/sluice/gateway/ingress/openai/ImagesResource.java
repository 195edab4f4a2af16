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

/** {@code POST /api/images/generations}, {@code /edits}: the answer passes as it comes. */
@Path("/api/images")
@RequestScoped
@Tag(name = "Gateway")
public class ImagesResource {
    @Inject EndpointIngress ingress;
    @Inject OpenAiDialect dialect;

    @POST
    @Path("generations")
    @Operation(summary = "An image of a prompt")
    public void generate(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        ingress.serveJson(Door.endpoint(dialect, org.sluice.gateway.provider.Operation.IMAGE, "prompt"), "gpt-image-1", ResourceExchange.of(request, body, response));
    }

    @POST
    @Path("edits")
    @Operation(summary = "An image of images and a prompt; a form")
    public void edit(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        ingress.serveForm(Door.endpoint(dialect, org.sluice.gateway.provider.Operation.IMAGE_EDIT, "prompt"), "gpt-image-1", ResourceExchange.of(request, body, response));
    }
}
