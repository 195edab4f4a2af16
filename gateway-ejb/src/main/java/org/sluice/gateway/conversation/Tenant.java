package org.sluice.gateway.conversation;

import org.sluice.gateway.call.Caller;

/** Whose conversations they are. */
public record Tenant(String organization, String environment) {
    public static Tenant of(Caller caller) {
        return new Tenant(caller.organization(), caller.environment());
    }
}
