package org.sluice.gateway.ingress.openai;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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

/** {@code ANY /api/passthrough/{provider}/...}: the provider's own API with the stored key, logged and metered. */
@Path("/api/passthrough/{provider}{rest: (/.*)?}")
@RequestScoped
@Tag(name = "Gateway")
public class PassthroughResource {
    @Inject EndpointIngress ingress;
    @Inject OpenAiDialect dialect;

    @GET
    @Parameter(name = "provider", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "rest", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "GET of the provider's own API")
    public void get(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        serve("GET", request, InputStream.nullInputStream(), response);
    }

    /** Not left to the container, which would ask the provider for the whole. */
    @HEAD
    @Operation(hidden = true)
    public void head(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        serve("HEAD", request, InputStream.nullInputStream(), response);
    }

    @POST
    @Parameter(name = "provider", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "rest", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "POST of the provider's own API")
    public void post(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        serve("POST", request, body, response);
    }

    @PUT
    @Parameter(name = "provider", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "rest", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "PUT of the provider's own API")
    public void put(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        serve("PUT", request, body, response);
    }

    @PATCH
    @Parameter(name = "provider", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "rest", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "PATCH of the provider's own API")
    public void patch(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        serve("PATCH", request, body, response);
    }

    @DELETE
    @Parameter(name = "provider", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "rest", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "DELETE of the provider's own API")
    public void delete(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        serve("DELETE", request, InputStream.nullInputStream(), response);
    }

    private void serve(String method, HttpServletRequest request, InputStream body, AsyncResponse response) {
        ingress.servePassthrough(Door.foreign(dialect, org.sluice.gateway.provider.Operation.PASSTHROUGH), method, ResourceExchange.of(request, body, response));
    }
}
