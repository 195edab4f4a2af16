package org.sluice.gateway.ingress.responses;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.conversation.Conversations;
import org.sluice.gateway.conversation.Tenant;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.ingress.Asked;
import org.sluice.gateway.ingress.AuthenticationFilter;
import org.sluice.gateway.ingress.Door;
import org.sluice.gateway.ingress.Ingress;
import org.sluice.gateway.ingress.ResourceExchange;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonWriter;

/** {@code POST /api/responses} (contract 1.10), and the answers that are still held. */
@Path("/api/responses")
@RequestScoped
@Tag(name = "Gateway")
public class ResponsesResource {
    @Inject Ingress ingress;
    @Inject ResponsesDialect dialect;
    @Inject Conversations conversations;

    @POST
    @Operation(summary = "Response by any model", description = "OpenAI's Responses API with the gateway's own parameters beside it; an event stream when 'stream' is true.")
    @APIResponse(responseCode = "200", description = "A response object, or its events")
    public void create(@Context HttpServletRequest request, InputStream body, @Suspended AsyncResponse response) {
        ingress.serve(Asked.of(Door.chat(dialect)), ResourceExchange.of(request, body, response));
    }

    @GET
    @Path("{id}")
    @Produces("application/json")
    @Operation(summary = "One response that is still held", description = "Answers of the Responses API are held for a while unless 'store' was false.")
    @APIResponse(responseCode = "200", description = "The response object")
    @APIResponse(responseCode = "404", description = "It is not held, or is another environment's")
    public byte[] one(@PathParam("id") String id, @Context HttpServletRequest request) {
        return bytes(conversations.find(tenant(request), id).answer());
    }

    @GET
    @Path("{id}/input_items")
    @Produces("application/json")
    @Operation(summary = "The items that led to a response")
    @APIResponse(responseCode = "200", description = "A list of items, newest first")
    public byte[] inputItems(@PathParam("id") String id, @Context HttpServletRequest request) {
        List<RawJson> items = conversations.inputItems(tenant(request), id);
        JsonWriter json = new JsonWriter(1024).beginObject().name("object").value("list").name("data").beginArray();
        for (int i = items.size() - 1; i >= 0; i--) {
            json.raw(withId(items.get(i), id, i));
        }
        return json.endArray().name("first_id").value(items.isEmpty() ? null : itemId(items, items.size() - 1, id))
                .name("last_id").value(items.isEmpty() ? null : itemId(items, 0, id)).name("has_more").value(false).endObject().toBytes();
    }

    @DELETE
    @Path("{id}")
    @Produces("application/json")
    @Operation(summary = "Forgets a response", description = "Conversations that build on it cannot go on.")
    @APIResponse(responseCode = "200", description = "It is forgotten")
    public byte[] delete(@PathParam("id") String id, @Context HttpServletRequest request) {
        conversations.delete(tenant(request), id);
        return new JsonWriter().beginObject().name("id").value(id).name("object").value("response").name("deleted").value(true).endObject().toBytes();
    }

    private static Tenant tenant(HttpServletRequest request) {
        return Tenant.of((Caller) request.getAttribute(AuthenticationFilter.CALLER));
    }

    private static byte[] bytes(RawJson json) {
        return json.text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String itemId(List<RawJson> items, int at, String id) {
        return JsonReader.readObject(bytes(withId(items.get(at), id, at))).text("id");
    }

    /** Clients find an id on every item. */
    private static RawJson withId(RawJson item, String id, int at) {
        boolean hasId = JsonReader.readObject(bytes(item)).text("id") != null;
        return hasId ? item : new RawJson("{\"id\":\"" + "msg_gw_in" + at + "_" + id.replaceAll("[^A-Za-z0-9_]", "") + "\"," + item.text().strip().substring(1));
    }
}
