package org.sluice.gateway.upstream;

import java.time.Duration;

/**
 * What the HTTP client may use.
 *
 * @param maxConnectionsPerHost open connections per scheme, host and port; one more call is OVERLOADED
 * @param maxIdlePerHost kept connections per scheme, host and port
 * @param idleTimeToLive a kept connection older than this is closed; a shorter {@code Keep-Alive: timeout} wins
 * @param maxConnectionAge no new request on a connection older than this, so that a moved provider is followed
 * @param maxHeadBytes response head, interim responses included
 * @param maxWholeBytes body of a whole answer, decoded
 * @param maxStreamBytes body of a stream, decoded
 * @param resendWithin a kept connection that breaks within this time and without a byte is replaced once
 * @param finishGrace how long {@code close} waits for the end of a body whose last event the caller has already seen
 * @param sweepEvery interval of the watchdog, which is the precision of all time limits
 * @param leastPerSecond bytes of a stream that must come in each second of waiting for them, on average of a window; 0: any pace will do
 * @param paceWindow over which that is looked at
 */
public record UpstreamSettings(int maxConnectionsPerHost, int maxIdlePerHost, Duration idleTimeToLive,
        Duration maxConnectionAge, int maxHeadBytes, int maxWholeBytes, int maxStreamBytes, Duration resendWithin,
        Duration finishGrace, Duration sweepEvery, int leastPerSecond, Duration paceWindow) {
    private static final int MEBIBYTE = 1024 * 1024;

    public static UpstreamSettings defaults() {
        return new UpstreamSettings(4096, 512, Duration.ofSeconds(60), Duration.ofMinutes(5), 64 * 1024,
                64 * MEBIBYTE, 256 * MEBIBYTE, Duration.ofMillis(250), Duration.ofMillis(50), Duration.ofMillis(50), 0, Duration.ofSeconds(10));
    }

    public UpstreamSettings withMaxConnectionsPerHost(int connections) {
        return new UpstreamSettings(connections, maxIdlePerHost, idleTimeToLive, maxConnectionAge, maxHeadBytes,
                maxWholeBytes, maxStreamBytes, resendWithin, finishGrace, sweepEvery, leastPerSecond, paceWindow);
    }

    public UpstreamSettings withMaxIdlePerHost(int connections) {
        return new UpstreamSettings(maxConnectionsPerHost, connections, idleTimeToLive, maxConnectionAge, maxHeadBytes,
                maxWholeBytes, maxStreamBytes, resendWithin, finishGrace, sweepEvery, leastPerSecond, paceWindow);
    }

    public UpstreamSettings withMaxWholeBytes(int bytes) {
        return new UpstreamSettings(maxConnectionsPerHost, maxIdlePerHost, idleTimeToLive, maxConnectionAge, maxHeadBytes,
                bytes, maxStreamBytes, resendWithin, finishGrace, sweepEvery, leastPerSecond, paceWindow);
    }

    public UpstreamSettings withIdleTimeToLive(Duration time) {
        return new UpstreamSettings(maxConnectionsPerHost, maxIdlePerHost, time, maxConnectionAge, maxHeadBytes,
                maxWholeBytes, maxStreamBytes, resendWithin, finishGrace, sweepEvery, leastPerSecond, paceWindow);
    }

    public UpstreamSettings withPace(int bytesPerSecond, Duration window) {
        return new UpstreamSettings(maxConnectionsPerHost, maxIdlePerHost, idleTimeToLive, maxConnectionAge, maxHeadBytes,
                maxWholeBytes, maxStreamBytes, resendWithin, finishGrace, sweepEvery, bytesPerSecond, window);
    }
}
