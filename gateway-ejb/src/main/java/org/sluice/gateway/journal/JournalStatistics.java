package org.sluice.gateway.journal;

/**
 * One look at the journal.
 *
 * @param isWritable whether the next record will probably be taken
 * @param records appended since the start
 * @param refused appends that failed since the start
 * @param backlogBytes written but not yet in the database
 * @param backlogAgeMillis the oldest of them is at most so old
 * @param unsyncedMillis since when written bytes wait for the disk, 0 = none wait
 * @param segments files in the directory
 * @param damaged damaged places that readers skipped since the start
 * @param lastError class of the last failure, or null
 */
public record JournalStatistics(boolean isWritable, long records, long refused, long backlogBytes, long backlogAgeMillis,
        long unsyncedMillis, int segments, long damaged, String lastError) {}
