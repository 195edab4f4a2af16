package org.sluice.gateway.ingress.gemini;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.ingress.ResourceExchange;

/** Google's API, {@code /api/google/gemini/v1beta/models/{model}:generateContent} and its neighbours (contract 1.9). */
@Path("/api/google/{api: gemini|vertexai}/{rest: .+}")
@RequestScoped
@Tag(name = "Gateway")
public class GenerateContentResource {
    @Inject GeminiDoor door;

    @POST
    @Parameter(name = "api", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "rest", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "generateContent, streamGenerateContent, countTokens by any model", description = "Google's dialect; the path names the model and the method.")
    @APIResponse(responseCode = "200", description = "A GenerateContentResponse, or a stream of them")
    public void create(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        door.serve("POST", ResourceExchange.of(request, body, response));
    }

    @GET
    @Parameter(name = "api", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Parameter(name = "rest", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "The models in Google's shape")
    @APIResponse(responseCode = "200", description = "A list of models, or one model")
    public void models(@Context HttpServletRequest request, @Suspended AsyncResponse response) {
        door.serve("GET", ResourceExchange.of(request, InputStream.nullInputStream(), response));
    }
}
