package org.sluice.gateway.upstream;

import org.sluice.gateway.error.GatewayException;

/** How far an attempt had come when it failed. What may be repeated, and who pays, depends on it. */
public enum Phase {
    /** Nothing was sent: pool, name, connection, TLS. */
    P0,
    /** The request was sent in part. */
    P1,
    /** The request was sent, no complete response head came. */
    P2,
    /** A status of 300 or more came. */
    P3,
    /** A 2xx status came. */
    P4,
    /** Bytes were relayed to the client. Only the attempt runner knows; this package reports P4. */
    P5;

    /** The phase of a failure; null when the exception does not come from a connection. */
    public static Phase of(GatewayException failure) {
        return failure instanceof UpstreamException upstream ? upstream.phase() : null;
    }

    /** Whether the provider may have worked for an attempt that ended here. */
    public boolean isCostUncertain() {
        return this != P0 && this != P3;
    }
}
