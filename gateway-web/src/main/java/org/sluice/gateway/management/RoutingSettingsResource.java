package org.sluice.gateway.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.organization.OrganizationSettings;
import org.sluice.gateway.organization.Organizations;
import org.sluice.gateway.organization.SettingsJson;
import org.sluice.gateway.route.ModelNames;

/** {@code /api/settings/routing/}: what holds for calls of the organization that say nothing else. */
@Path("/api/settings/routing")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Settings")
public class RoutingSettingsResource {
    @Inject Organizations organizations;
    @Inject ModelNames names;

    @GET
    @Operation(summary = "Retries, fallbacks, default model and balancing of the organization")
    public Response find(@Context HttpServletRequest request) {
        return answer(organizations.settings(ManagementRequest.caller(request).organization()));
    }

    @PUT
    @Operation(summary = "Replace the settings", description = "What is not mentioned has its default.")
    public Response replace(@Context HttpServletRequest request, InputStream body) {
        return change(request, body, true);
    }

    @PATCH
    @Operation(summary = "Change the settings", description = "What is not mentioned stays.")
    public Response change(@Context HttpServletRequest request, InputStream body) {
        return change(request, body, false);
    }

    private Response change(HttpServletRequest request, InputStream body, boolean isWhole) {
        Caller caller = ManagementRequest.writer(request);
        JsonObject changes = ManagementRequest.body(body);
        return answer(organizations.change(caller.organization(), now -> SettingsJson.with(isWhole ? OrganizationSettings.DEFAULT : now, changes,
                (model, param) -> names.requireKnown(caller.organization(), model, param))));
    }

    private static Response answer(OrganizationSettings settings) {
        return ManagementJson.answer(200, SettingsJson.write(settings));
    }
}
