package org.sluice.gateway.probe;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.sluice.gateway.admin.GatewayState;

/** {@code GET /api/health-check/} (contract 1.2): 200 once calls are served, without a key. */
@Path("/api/health-check")
@RequestScoped
@Produces("application/json")
@Tag(name = "Operations")
public class HealthCheckResource {
    private static final String OPEN = "{\"message\":\"The gateway is taking calls.\"}";
    private static final String CLOSED = "{\"message\":\"The gateway is not taking calls.\"}";
    @Inject GatewayState state;

    @GET
    @Operation(summary = "Whether the gateway takes calls")
    public Response check() {
        return state.isOpen() ? Response.ok(OPEN).build() : Response.status(503).header("Retry-After", 1).entity(CLOSED).build();
    }
}
