package org.sluice.gateway.log;

/** How a call ended. The wire name is the lower-case name. */
public enum Outcome {
    OK, CACHE_HIT, REJECTED, UPSTREAM_ERROR, UPSTREAM_TIMEOUT, UPSTREAM_TRUNCATED, CLIENT_CANCELLED, SHED, CRASHED;

    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
