package org.sluice.gateway.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.prompt.PromptVersion;
import org.sluice.gateway.prompt.Prompts;
import org.sluice.gateway.prompt.VersionSettings;

/** Versions of a prompt, commits and deployments (contract 7.5). */
@Path("/api/prompts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Prompts")
public class PromptVersionsResource {
    private static final int MAX_PAGE_SIZE = 500;
    private static final int DEFAULT_PAGE_SIZE = 100;
    private static final int MAX_PAGE = 1_000_000;
    @Inject Prompts prompts;
    @Context HttpServletRequest request;

    @GET
    @Path("/{id}/versions/")
    @Operation(summary = "The versions of a prompt, newest first", description = "Query: page, page_size (at most 500).")
    public Response list(@PathParam("id") String id, @Context UriInfo uri) {
        Caller caller = ManagementRequest.caller(request);
        int page = PromptRequest.number("page", uri.getQueryParameters().getFirst("page"), 1, MAX_PAGE);
        int size = PromptRequest.number("page_size", uri.getQueryParameters().getFirst("page_size"), DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
        int count = prompts.countVersions(caller, id);
        List<PromptVersion> versions = prompts.versions(caller, id, size, Math.multiplyExact(page - 1, size));
        JsonWriter json = new JsonWriter(8_192).beginObject();
        JsonPage.begin(json, uri, count, page, size);
        versions.forEach(version -> PromptJson.version(json, version));
        return ManagementJson.answer(200, json.endArray().endObject().toBytes());
    }

    @POST
    @Path("/{id}/versions/")
    @Operation(summary = "Create a version", description = "It is the draft; earlier ones are read-only from now on. 'deploy' commits and deploys it at once.")
    public Response create(@PathParam("id") String id, InputStream body) {
        JsonObject json = PromptRequest.body(body);
        String description = PromptRequest.description(json);
        return shown(201, prompts.createVersion(ManagementRequest.caller(request), id, description == null ? "" : description, VersionSettings.read(json, null),
                Boolean.TRUE.equals(PromptRequest.flag(json, "deploy"))));
    }

    @GET
    @Path("/{id}/versions/{version}/")
    @Operation(summary = "One version")
    public Response find(@PathParam("id") String id, @PathParam("version") String version) {
        return shown(200, prompts.version(ManagementRequest.caller(request), id, PromptRequest.version(version)));
    }

    @PATCH
    @Path("/{id}/versions/{version}/")
    @Operation(summary = "Change a draft, or deploy a version", description = "What is not mentioned stays. A committed version takes 'deploy' only.")
    public Response change(@PathParam("id") String id, @PathParam("version") String version, InputStream body) {
        JsonObject json = PromptRequest.body(body);
        return shown(200, prompts.changeVersion(ManagementRequest.caller(request), id, PromptRequest.version(version), PromptRequest.description(json),
                before -> VersionSettings.read(json, before), Boolean.TRUE.equals(PromptRequest.flag(json, "deploy"))));
    }

    @DELETE
    @Path("/{id}/versions/{version}/")
    @Operation(summary = "Delete a version that is not deployed")
    public Response delete(@PathParam("id") String id, @PathParam("version") String version) {
        prompts.deleteVersion(ManagementRequest.caller(request), id, PromptRequest.version(version));
        return Response.noContent().build();
    }

    @POST
    @Path("/{id}/commits/")
    @Operation(summary = "Commit the draft", description = "Members: description. It never changes again and can be deployed.")
    public Response commit(@PathParam("id") String id, InputStream body) {
        return shown(201, prompts.commit(ManagementRequest.caller(request), id, PromptRequest.description(PromptRequest.body(body))));
    }

    @POST
    @Path("/{id}/deployments/")
    @Operation(summary = "Deploy a committed version", description = "Members: version; environment (prod or test, both without it).")
    public Response deploy(@PathParam("id") String id, InputStream body) {
        JsonObject json = PromptRequest.body(body);
        return shown(200, prompts.deploy(ManagementRequest.caller(request), id, PromptRequest.version(json), PromptRequest.environment(json)));
    }

    private static Response shown(int status, PromptVersion version) {
        return ManagementJson.answer(status, PromptJson.version(new JsonWriter(4_096), version).toBytes());
    }
}
