package org.sluice.gateway.upstream;

/**
 * A snapshot of the client, for monitoring.
 *
 * @param openConnections now, idle and leased
 * @param idleConnections now
 * @param leasedConnections now, connections being opened included
 * @param sentRequests since the start, repeated ones included
 * @param openedConnections since the start
 * @param resentRequests since the start: requests repeated because a kept connection was dead
 * @param timeouts since the start: connections the watchdog closed
 */
public record UpstreamStatistics(int openConnections, int idleConnections, int leasedConnections, long sentRequests,
        long openedConnections, long resentRequests, long timeouts) {}
