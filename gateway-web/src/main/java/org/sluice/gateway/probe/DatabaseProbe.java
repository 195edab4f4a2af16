package org.sluice.gateway.probe;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.sluice.gateway.database.GatewayDatabase;

/** Asks the database whether it is there; a slow or dead one is "no", and is not asked again for a while. */
@ApplicationScoped
public class DatabaseProbe {
    @Inject GatewayDatabase database;

    @Timeout(value = 2, unit = ChronoUnit.SECONDS)
    @CircuitBreaker(requestVolumeThreshold = 4, delay = 5, delayUnit = ChronoUnit.SECONDS)
    @Fallback(fallbackMethod = "isDown")
    public boolean isUp() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return connection.isValid(1);
        }
    }

    boolean isDown() {
        return false;
    }
}
