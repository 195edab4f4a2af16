package org.sluice.gateway.probe;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.sluice.gateway.admin.GatewayState;

/** Up while calls are taken. */
@Readiness
@ApplicationScoped
public class GatewayReadiness implements HealthCheck {
    @Inject GatewayState state;
    @Inject DatabaseProbe database;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("gateway").status(state.isOpen()).withData("db", isDatabaseUp() ? "UP" : "DOWN")
                .withData("state", state.name()).build();
    }

    private boolean isDatabaseUp() {
        try {
            return database.isUp();
        } catch (SQLException | RuntimeException down) {
            return false;
        }
    }
}
