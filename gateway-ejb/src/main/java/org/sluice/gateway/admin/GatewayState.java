package org.sluice.gateway.admin;

import jakarta.enterprise.context.ApplicationScoped;

/** Whether the gateway takes calls. */
@ApplicationScoped
public class GatewayState {
    enum Phase { STARTING, OPEN, DRAINING, STOPPING }

    private volatile Phase phase = Phase.STARTING;
    private volatile boolean hasStarted;

    void become(Phase next) {
        phase = next;
        hasStarted |= next == Phase.OPEN;
    }

    Phase phase() {
        return phase;
    }

    public boolean isOpen() {
        return phase == Phase.OPEN;
    }

    public boolean hasStarted() {
        return hasStarted;
    }

    public String name() {
        return phase.name();
    }
}
