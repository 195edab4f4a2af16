package org.sluice.gateway.ingress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.sluice.gateway.admin.GatewayState;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Refuses new calls while the gateway starts, drains or stops. */
@ApplicationScoped
public class Drain {
    @Inject GatewayState state;

    void requireOpen() {
        if (!state.isOpen()) {
            throw new GatewayException(ErrorType.SHUTTING_DOWN, "The gateway is not taking calls now.").retryAfter(5);
        }
    }
}
