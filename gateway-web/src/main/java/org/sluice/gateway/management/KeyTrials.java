package org.sluice.gateway.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.ingress.CallThreads;

/**
 * Runs trials of keys on call threads, so that no thread of the server waits for a provider, and few at once. A bulkhead of
 * MicroProfile Fault Tolerance would hold the server's threads, or let trials queue up.
 */
@ApplicationScoped
public class KeyTrials {
    private static final int AT_ONCE = 8;
    @Inject CallThreads threads;
    private final Semaphore free = new Semaphore(AT_ONCE);

    /** @throws GatewayException OVERLOADED when as many as may are under way */
    void run(AsyncResponse response, Supplier<Response> trial) {
        if (!free.tryAcquire()) {
            throw new GatewayException(ErrorType.OVERLOADED, "Too many keys are being tried at once; try again shortly.").retryAfter(1);
        }
        boolean isStarted = false;
        try {
            threads.execute(() -> answer(response, trial));
            isStarted = true;
        } finally {
            if (!isStarted) {
                free.release();
            }
        }
    }

    private void answer(AsyncResponse response, Supplier<Response> trial) {
        try {
            response.resume(trial.get());
        } catch (RuntimeException e) {
            response.resume(e);
        } finally {
            free.release();
        }
    }
}
