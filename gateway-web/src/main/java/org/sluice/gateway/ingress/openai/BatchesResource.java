package org.sluice.gateway.ingress.openai;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.ingress.Door;
import org.sluice.gateway.ingress.EndpointIngress;
import org.sluice.gateway.ingress.ResourceExchange;

/** {@code /api/batches...}: batches at the caller's provider, OpenAI unless {@code X-Respan-Route-Provider} pins another. */
@Path("/api/batches{rest: (/.*)?}")
@RequestScoped
@Tag(name = "Gateway")
public class BatchesResource {
    @Inject EndpointIngress ingress;
    @Inject OpenAiDialect dialect;

    @GET
    @Parameter(name = "rest", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "Batches of the provider: read")
    public void read(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        serve("GET", request, InputStream.nullInputStream(), response);
    }

    @POST
    @Parameter(name = "rest", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "Batches of the provider: make or change")
    public void create(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        serve("POST", request, body, response);
    }

    @DELETE
    @Parameter(name = "rest", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "Batches of the provider: delete")
    public void delete(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        serve("DELETE", request, InputStream.nullInputStream(), response);
    }

    private void serve(String method, HttpServletRequest request, InputStream body, AsyncResponse response) {
        ingress.serveOwn(Door.foreign(dialect, org.sluice.gateway.provider.Operation.BATCH), method, "/batches", ResourceExchange.of(request, body, response));
    }
}
