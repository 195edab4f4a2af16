package org.sluice.gateway.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.integration.BaseUrl;
import org.sluice.gateway.integration.CustomProvider;
import org.sluice.gateway.integration.Integrations;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.route.Providers;

/** {@code /api/providers/}: OpenAI-compatible providers of an organization's own (contract 8). */
@Path("/api/providers")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Custom providers")
public class ProvidersResource {
    private static final int ID = 63;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject BaseUrl addresses;
    @Inject ManagementJson json;

    @GET
    @Operation(summary = "The organization's own providers")
    public Response list(@Context HttpServletRequest request) {
        return json.page(integrations.providers(ManagementRequest.caller(request).organization()).stream().map(ProviderView::of).toList());
    }

    @POST
    @Operation(summary = "Make a provider, or change the one with this id",
            description = "Members: provider_id, provider_name, api_key (never shown again), extra_kwargs {base_url, timeout, temperature, max_tokens}.")
    public Response create(@Context HttpServletRequest request, InputStream body) {
        Caller caller = ManagementRequest.writer(request);
        Members members = Members.of(ManagementRequest.body(body));
        String id = providerId(members);
        Integrations.Stored<CustomProvider> stored = store(caller, id, members, false, true);
        return json.answer(stored.isNew() ? 201 : 200, ProviderView.of(stored.row()));
    }

    @GET
    @Path("/{provider_id}")
    @Operation(summary = "One provider")
    public Response find(@Context HttpServletRequest request, @PathParam("provider_id") String id) {
        return json.answer(200, ProviderView.of(integrations.provider(ManagementRequest.caller(request).organization(), id).orElseThrow(ManagementRequest::notFound)));
    }

    @PUT
    @Path("/{provider_id}")
    @Operation(summary = "Replace a provider", description = "What is not mentioned is as if it had never been said, but for the key, which stays.")
    public Response replace(@Context HttpServletRequest request, @PathParam("provider_id") String id, InputStream body) {
        return json.answer(200, ProviderView.of(store(ManagementRequest.writer(request), id, Members.of(ManagementRequest.body(body)), true, false).row()));
    }

    @PATCH
    @Path("/{provider_id}")
    @Operation(summary = "Change a provider", description = "What is not mentioned stays. Another base_url needs the key again.")
    public Response change(@Context HttpServletRequest request, @PathParam("provider_id") String id, InputStream body) {
        return json.answer(200, ProviderView.of(store(ManagementRequest.writer(request), id, Members.of(ManagementRequest.body(body)), false, false).row()));
    }

    @DELETE
    @Path("/{provider_id}")
    @Operation(summary = "Delete a provider", description = "Its stored keys go too; its models must be deleted first.")
    public Response delete(@Context HttpServletRequest request, @PathParam("provider_id") String id) {
        if (!integrations.removeProvider(ManagementRequest.writer(request).organization(), id)) {
            throw ManagementRequest.notFound();
        }
        return Response.noContent().build();
    }

    /** A name that is not taken: what everyone has is found first, so that a second of that name would never be called. */
    private String providerId(Members members) {
        JsonValue given = members.get("provider_id");
        String id = given instanceof JsonValue.JsonNumber number ? number.text() : members.needed("provider_id", ID, null);
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
            throw members.wrong("provider_id", "1 to " + ID + " letters, digits, '_', '.' or '-', beginning with a letter or digit");
        }
        if (providers.find(id).isPresent()) {
            throw GatewayException.invalid("provider_id", "A provider is called '" + id + "' already; choose another id for your own.");
        }
        return id;
    }

    private Integrations.Stored<CustomProvider> store(Caller caller, String id, Members members, boolean isWhole, boolean mayBeNew) {
        return integrations.store(caller.organization(), id, members.has("api_key"), now -> {
            if (now == null && !mayBeNew) {
                throw ManagementRequest.notFound();
            }
            CustomProvider next = ProviderDraft.of(members, addresses).apply(caller.organization(), id, now, isWhole);
            boolean isElsewhere = now != null && !now.baseUrl().equals(next.baseUrl());
            if (isElsewhere && !members.has("api_key") && (now.apiKey() != null || !now.isReadable())) {
                throw GatewayException.of(ErrorType.PERMISSION, "api_key", "The stored key goes to the address it was stored for only; give 'api_key' again with another 'base_url'.");
            }
            return next;
        });
    }
}
