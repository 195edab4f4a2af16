package org.sluice.gateway.management;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.admin.DeploymentControl;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.health.DeploymentStatus;

/** {@code /api/deployments/}: which deployments this node can ask now, and the operator's hand on them. Ids hold slashes. */
@Path("/api/deployments")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@Tag(name = "Deployments")
public class DeploymentsResource {
    @Inject DeploymentControl control;
    @Inject DeploymentRights rights;
    @Inject ManagementJson json;

    @GET
    @Operation(summary = "The deployments that were called since the start of this node: circuits, refusals, latency")
    public Response list(@Context HttpServletRequest request) {
        String organization = ManagementRequest.caller(request).organization();
        return json.page(control.deployments().stream().filter(status -> rights.maySee(organization, status)).map(status -> view(organization, status)).toList());
    }

    @GET
    @Path("/{id: .+}")
    @Operation(summary = "One deployment")
    public Response find(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer(ManagementRequest.caller(request).organization(), trimmed(id));
    }

    @POST
    @Path("/{id: .+}/{operation: open|reset|drain|resume}")
    @Operation(summary = "Open its circuit, reset what is known of it, drain it or resume it")
    public Response operate(@Context HttpServletRequest request, @PathParam("id") String id, @PathParam("operation") String operation) {
        Caller caller = operator(request, id);
        switch (operation) {
            case "open" -> control.open(id, who(caller));
            case "reset" -> control.reset(id, who(caller));
            case "drain" -> control.drain(id, who(caller));
            default -> control.resume(id, who(caller));
        }
        return answer(caller.organization(), id);
    }

    @PATCH
    @Path("/{id: .+}")
    @Operation(summary = "Give it another weight", description = "Member: weight, above 0; null takes it back.")
    public Response change(@Context HttpServletRequest request, @PathParam("id") String path, InputStream body) {
        String id = trimmed(path);
        Caller caller = operator(request, id);
        Members members = Members.of(ManagementRequest.body(body));
        if (!members.has("weight")) {
            throw GatewayException.invalid("weight", "'weight' is needed: a number above 0, or null for the configured one.");
        }
        BigDecimal weight = members.number("weight", "0", true, "1000000", null);
        control.weigh(id, weight == null ? 0 : weight.doubleValue(), who(caller));
        return answer(caller.organization(), id);
    }

    /** @throws GatewayException NOT_FOUND for what the caller does not see, PERMISSION for what it may only look at */
    private Caller operator(HttpServletRequest request, String id) {
        Caller caller = ManagementRequest.writer(request);
        if (!rights.mayOperate(caller.organization(), seen(caller.organization(), id))) {
            throw new GatewayException(ErrorType.PERMISSION, "The deployment uses the operator's credential; the organizations that 'gateway.health.rest-operators' names operate it.");
        }
        return caller;
    }

    private DeploymentStatus seen(String organization, String id) {
        return control.deployments().stream().filter(status -> status.id().equals(id) && rights.maySee(organization, status)).findFirst()
                .orElseThrow(ManagementRequest::notFound);
    }

    private Response answer(String organization, String id) {
        return json.answer(200, view(organization, seen(organization, id)));
    }

    private DeploymentView view(String organization, DeploymentStatus status) {
        return DeploymentView.of(status, rights.mayOperate(organization, status));
    }

    private static String who(Caller caller) {
        return "key " + caller.keyPrefix() + " of organization " + caller.organization();
    }

    private static String trimmed(String id) {
        return id.endsWith("/") ? id.substring(0, id.length() - 1) : id;
    }
}
