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
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.ingress.Door;
import org.sluice.gateway.ingress.EndpointIngress;
import org.sluice.gateway.ingress.ResourceExchange;

/** {@code POST /api/audio/...} (contract 1.11): speech out, and speech in as a form that passes while it arrives. */
@Path("/api/audio")
@RequestScoped
@Tag(name = "Gateway")
public class AudioResource {
    @Inject EndpointIngress ingress;
    @Inject OpenAiDialect dialect;

    @POST
    @Path("speech")
    @Operation(summary = "Speech of a text")
    public void speak(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        ingress.serveJson(Door.endpoint(dialect, org.sluice.gateway.provider.Operation.SPEECH), "", ResourceExchange.of(request, body, response));
    }

    @POST
    @Path("{transcriptions: transcriptions?}")
    @Parameter(name = "transcriptions", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "Text of speech; a form")
    public void transcribe(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        ingress.serveForm(Door.endpoint(dialect, org.sluice.gateway.provider.Operation.TRANSCRIPTION, "prompt"), "", ResourceExchange.of(request, body, response));
    }

    @POST
    @Path("{translations: translations?}")
    @Parameter(name = "translations", in = ParameterIn.PATH, schema = @Schema(type = SchemaType.STRING))
    @Operation(summary = "English text of speech; a form")
    public void translate(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        ingress.serveForm(Door.endpoint(dialect, org.sluice.gateway.provider.Operation.TRANSLATION, "prompt"), "", ResourceExchange.of(request, body, response));
    }
}
