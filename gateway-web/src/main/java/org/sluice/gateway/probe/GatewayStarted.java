package org.sluice.gateway.probe;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.sluice.gateway.admin.GatewayState;

/** Up once the schema is there, keys are loaded and the journal is open. */
@Startup
@ApplicationScoped
public class GatewayStarted implements HealthCheck {
    @Inject GatewayState state;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("gateway").status(state.hasStarted()).build();
    }
}
