package org.sluice.gateway.log;

import org.sluice.gateway.journal.JournalStatistics;

/**
 * One look at the log.
 *
 * @param drainedRows stored since the start, replayed ones included
 * @param degradedRows stored without their content since the start
 * @param openCalls started and not ended, as far as the drainer has read
 * @param lastDrainError class of the drainer's last failure, or null
 * @param isPaused the drainer waits for an operator
 */
public record LogStatistics(JournalStatistics journal, long drainedRows, long degradedRows, int openCalls,
        String lastDrainError, boolean isPaused) {}
