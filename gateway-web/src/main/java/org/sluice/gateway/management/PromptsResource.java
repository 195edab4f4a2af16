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
import org.sluice.gateway.prompt.PromptSummary;
import org.sluice.gateway.prompt.Prompts;

/** {@code /api/prompts/}: the prompts an organization keeps (contract 7.5). A path takes a prompt's id or its slug. */
@Path("/api/prompts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Prompts")
public class PromptsResource {
    private static final int MAX_PAGE_SIZE = 100;
    private static final int MAX_PAGE = 1_000_000;
    @Inject Prompts prompts;

    @GET
    @Operation(summary = "List prompts", description = "Query: page, page_size (at most 100), sort_by.")
    public Response list(@Context HttpServletRequest request, @Context UriInfo uri) {
        return page(ManagementRequest.caller(request), uri, null);
    }

    @GET
    @Path("/list/")
    @Operation(summary = "List prompts")
    public Response listed(@Context HttpServletRequest request, @Context UriInfo uri) {
        return page(ManagementRequest.caller(request), uri, null);
    }

    @POST
    @Path("/list/")
    @Operation(summary = "List prompts by filters", description = "Body: {\"filters\": {\"name\": {\"operator\": \"icontains\", \"value\": [\"support\"]}}}.")
    public Response listFiltered(@Context HttpServletRequest request, @Context UriInfo uri, InputStream body) {
        return page(ManagementRequest.caller(request), uri, PromptRequest.body(body));
    }

    @GET
    @Path("/summary/")
    @Operation(summary = "How many prompts there are")
    public Response summary(@Context HttpServletRequest request) {
        return count(ManagementRequest.caller(request), null);
    }

    @POST
    @Path("/summary/")
    @Operation(summary = "How many prompts match the filters")
    public Response summaryFiltered(@Context HttpServletRequest request, InputStream body) {
        return count(ManagementRequest.caller(request), PromptRequest.body(body));
    }

    @POST
    @Operation(summary = "Create a prompt", description = "Members: name, description.")
    public Response create(@Context HttpServletRequest request, InputStream body) {
        Caller caller = ManagementRequest.caller(request);
        JsonObject json = PromptRequest.body(body);
        String name = PromptRequest.name(json);
        String description = PromptRequest.description(json);
        String id = prompts.create(caller, name == null ? "Untitled" : name, description == null ? "" : description).id();
        return shown(201, caller, id);
    }

    @GET
    @Path("/{id}/")
    @Operation(summary = "One prompt, with its current and live versions")
    public Response find(@Context HttpServletRequest request, @PathParam("id") String id) {
        return shown(200, ManagementRequest.caller(request), id);
    }

    @PATCH
    @Path("/{id}/")
    @Operation(summary = "Change a prompt", description = "Members: name, description, starred. What is not mentioned stays; the slug stays always.")
    public Response change(@Context HttpServletRequest request, @PathParam("id") String id, InputStream body) {
        Caller caller = ManagementRequest.caller(request);
        JsonObject json = PromptRequest.body(body);
        prompts.change(caller, id, PromptRequest.name(json), PromptRequest.description(json), PromptRequest.flag(json, "starred"));
        return shown(200, caller, id);
    }

    @DELETE
    @Path("/{id}/")
    @Operation(summary = "Delete a prompt", description = "Calls do not find it any more; lists show it with the filter is_deleted.")
    public Response delete(@Context HttpServletRequest request, @PathParam("id") String id) {
        prompts.delete(ManagementRequest.caller(request), id);
        return Response.noContent().build();
    }

    private Response shown(int status, Caller caller, String id) {
        return ManagementJson.answer(status, PromptJson.prompt(new JsonWriter(1_024), prompts.find(caller, id)).toBytes());
    }

    private Response count(Caller caller, JsonObject body) {
        long count = prompts.summaries(caller).stream().filter(PromptFilter.read(filters(body))).count();
        return ManagementJson.answer(200, new JsonWriter().beginObject().name("total_count").value(count).endObject().toBytes());
    }

    private Response page(Caller caller, UriInfo uri, JsonObject body) {
        int page = PromptRequest.number("page", uri.getQueryParameters().getFirst("page"), 1, MAX_PAGE);
        int size = PromptRequest.number("page_size", uri.getQueryParameters().getFirst("page_size"), MAX_PAGE_SIZE, MAX_PAGE_SIZE);
        List<PromptSummary> all = prompts.summaries(caller).stream().filter(PromptFilter.read(filters(body)))
                .sorted(PromptFilter.sorting(uri.getQueryParameters().getFirst("sort_by"))).toList();
        JsonWriter json = new JsonWriter(4_096).beginObject();
        JsonPage.begin(json, uri, all.size(), page, size);
        all.stream().skip((page - 1L) * size).limit(size).forEach(summary -> PromptJson.prompt(json, summary));
        return ManagementJson.answer(200, json.endArray().endObject().toBytes());
    }

    private static JsonObject filters(JsonObject body) {
        return body == null ? null : body.object("filters");
    }
}
