package org.sluice.gateway.health;

/** What a deployment carries at this moment, for choosing among several. */
public interface DeploymentLoad {
    int callsUnderWay();

    /** Moving average of the time to the first byte, in nanoseconds; 0 when nothing was seen lately. */
    double latencyNanos();

    /** Calls begun in the last minute (60 to 65 s). */
    long requestsInMinute();

    /** Input and output tokens of the calls that ended in the last minute (60 to 65 s). */
    long tokensInMinute();
}
