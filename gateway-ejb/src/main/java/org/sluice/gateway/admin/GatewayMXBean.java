package org.sluice.gateway.admin;

/** The gateway as an operator's JMX console shows it. Numbers count from the start of the process. */
public interface GatewayMXBean {
    /** STARTING, OPEN, DRAINING or STOPPING. */
    String getState();

    long getCallsInFlight();

    long getCalls();

    long getErrors();

    /** Calls whose client went away. */
    long getCancelledCalls();

    /** Requests refused for their key. */
    long getUnauthenticatedRequests();

    long getInputTokens();

    long getOutputTokens();

    /** USD, as decimal text. */
    String getCost();

    int getUpstreamConnectionsOpen();

    int getUpstreamConnectionsIdle();

    /** Bytes of the journal that the database does not have yet. */
    long getJournalBacklogBytes();

    /** Age of the oldest record that the database does not have yet, in milliseconds. */
    long getJournalBacklogAgeMillis();

    /** Milliseconds since bytes were written that the disk has not confirmed. */
    long getJournalUnsyncedMillis();

    /** Rows stored without their content because the database refused it. */
    long getDegradedRows();

    /** Class of the last error while draining, or empty. */
    String getLastDrainError();

    /** Refuses new calls; running ones end. */
    void drain();

    /** Takes calls again after {@link #drain()}. */
    void resume();

    /** Moves what the journal holds into the database now. */
    void flush();
}
