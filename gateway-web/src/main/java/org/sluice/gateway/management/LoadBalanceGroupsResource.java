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
import java.util.Comparator;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.organization.LoadBalanceGroup;
import org.sluice.gateway.organization.Organizations;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.route.ModelNames;

/** {@code /api/load-balance-groups/}: models that share the load of the calls that name the group (contract 4.3). */
@Path("/api/load-balance-groups")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Settings")
public class LoadBalanceGroupsResource {
    private static final int ID = 64;
    private static final int NAME = 255;
    private static final int MAX_GROUPS = 1_000;
    @Inject Organizations organizations;
    @Inject ModelNames names;
    @Inject ManagementJson json;

    @GET
    @Operation(summary = "The organization's load balance groups")
    public Response list(@Context HttpServletRequest request) {
        String organization = ManagementRequest.caller(request).organization();
        return json.page(organizations.settings(organization).groups().values().stream().sorted(Comparator.comparing(LoadBalanceGroup::id))
                .map(group -> view(organization, group)).toList());
    }

    @POST
    @Operation(summary = "Make a group, or change the one with this id", description = "Members: group_id, name, models [{model, weight, credentials}].")
    public Response create(@Context HttpServletRequest request, InputStream body) {
        Caller caller = ManagementRequest.writer(request);
        Members members = Members.of(ManagementRequest.body(body));
        String id = members.text("group_id", ID, null);
        if (id != null && !id.matches("[A-Za-z0-9][A-Za-z0-9_.:-]*")) {
            throw members.wrong("group_id", "1 to " + ID + " letters, digits, '_', '.', ':' or '-', beginning with a letter or digit");
        }
        LoadBalanceGroup now = id == null ? null : organizations.settings(caller.organization()).groups().get(id);
        if (now == null && organizations.settings(caller.organization()).groups().size() >= MAX_GROUPS) {
            throw new GatewayException(ErrorType.INVALID_VALUE, "An organization has at most " + MAX_GROUPS + " groups; delete some first.");
        }
        LoadBalanceGroup group = read(caller, members, id == null ? UUID.randomUUID().toString() : id, now);
        return json.answer(organizations.store(caller.organization(), group) ? 201 : 200, view(caller.organization(), group));
    }

    @GET
    @Path("/{group_id}")
    @Operation(summary = "One group")
    public Response find(@Context HttpServletRequest request, @PathParam("group_id") String id) {
        Caller caller = ManagementRequest.caller(request);
        return json.answer(200, view(caller.organization(), stored(caller, id)));
    }

    @PUT
    @Path("/{group_id}")
    @Operation(summary = "Replace a group")
    public Response replace(@Context HttpServletRequest request, @PathParam("group_id") String id, InputStream body) {
        return change(request, id, body);
    }

    @PATCH
    @Path("/{group_id}")
    @Operation(summary = "Change a group", description = "'models' replaces all its models; one that names no credentials keeps those it had.")
    public Response change(@Context HttpServletRequest request, @PathParam("group_id") String id, InputStream body) {
        Caller caller = ManagementRequest.writer(request);
        LoadBalanceGroup group = read(caller, Members.of(ManagementRequest.body(body)), id, stored(caller, id));
        organizations.store(caller.organization(), group);
        return json.answer(200, view(caller.organization(), group));
    }

    @DELETE
    @Path("/{group_id}")
    @Operation(summary = "Delete a group")
    public Response delete(@Context HttpServletRequest request, @PathParam("group_id") String id) {
        if (!organizations.deleteGroup(ManagementRequest.writer(request).organization(), id)) {
            throw ManagementRequest.notFound();
        }
        return Response.noContent().build();
    }

    private LoadBalanceGroup stored(Caller caller, String id) {
        LoadBalanceGroup group = organizations.settings(caller.organization()).groups().get(id);
        if (group == null) {
            throw ManagementRequest.notFound();
        }
        return group;
    }

    private LoadBalanceGroup read(Caller caller, Members members, String id, LoadBalanceGroup now) {
        String name = members.text("name", NAME, now == null ? id : now.name());
        if (now == null && !members.has("models")) {
            throw GatewayException.invalid("models", "'models' is needed: the models that share the load, each with a weight.");
        }
        return new LoadBalanceGroup(id, name == null ? id : name, members.has("models") ? GroupModels.read(caller.organization(), members.get("models"), now, names) : now.models());
    }

    private GroupView view(String organization, LoadBalanceGroup group) {
        return GroupView.of(group, model -> provider(organization, model));
    }

    private Provider provider(String organization, String model) {
        try {
            return names.resolve(organization, model, null).provider();
        } catch (GatewayException nobodyServesItAnyMore) {
            return null;
        }
    }
}
