package org.sluice.gateway.provider;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets one thread end what another waits for: the client went away, so the provider's connection is cut. What is
 * registered after the end runs at once.
 */
public final class Cancellation {
    private final List<Runnable> actions = new ArrayList<>(2);
    private boolean isCancelled;

    public void cancel() {
        List<Runnable> due;
        synchronized (this) {
            if (isCancelled) {
                return;
            }
            isCancelled = true;
            due = List.copyOf(actions);
        }
        due.forEach(Runnable::run);
    }

    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!isCancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    public synchronized boolean isCancelled() {
        return isCancelled;
    }
}
