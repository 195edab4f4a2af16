package org.sluice.gateway.journal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Knows how far the database is, and deletes segments that are in it: after a time, or the oldest of them when there are
 * too many bytes. A segment that is not in the database is never deleted. Thread-safe.
 */
final class JournalRetention {
    private static final System.Logger LOG = System.getLogger(JournalRetention.class.getName());
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(10);
    private final SegmentFiles files;
    private final JournalSettings settings;
    private final TreeMap<Long, Long> sealed;
    private Position applied;
    private Position needed;
    private Position mark;
    private long markNanos = System.nanoTime();
    private long reachedNanos = System.nanoTime();
    private long sweptNanos = System.nanoTime() - SWEEP_NANOS;

    JournalRetention(SegmentFiles files, JournalSettings settings, TreeMap<Long, Long> earlier, Position written) {
        this.files = files;
        this.settings = settings;
        this.sealed = new TreeMap<>(earlier);
        this.applied = sealed.isEmpty() ? written : new Position(sealed.firstKey(), 0);
        this.needed = applied;
        this.mark = written;
    }

    synchronized void applied(Position upTo, Position stillNeeded, Position written) {
        applied = upTo;
        needed = stillNeeded;
        if (!applied.isBefore(mark)) {
            reachedNanos = markNanos;
            mark = written;
            markNanos = System.nanoTime();
        }
    }

    synchronized long backlogBytes(Position written) {
        if (applied.segment() == written.segment()) {
            return Math.max(0, written.offset() - Math.max(applied.offset(), SegmentWriter.HEADER_BYTES));
        }
        long bytes = written.offset() - applied.offset();
        for (long size : sealed.subMap(applied.segment(), true, written.segment(), false).values()) {
            bytes += size;
        }
        return Math.max(0, bytes);
    }

    synchronized long backlogAgeMillis(Position written) {
        return applied.isBefore(written) ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - reachedNanos) : 0;
    }

    synchronized int segments() {
        return sealed.size();
    }

    synchronized void sealed(long segment, long bytes) {
        sealed.put(segment, bytes);
    }

    /** Deletes what need not be kept; looks at the disk every ten seconds at most. */
    synchronized void sweep(Position written) throws IOException {
        if (System.nanoTime() - sweptNanos < SWEEP_NANOS) {
            return;
        }
        sweptNanos = System.nanoTime();
        deleteOld(written);
    }

    synchronized void deleteOld(Position written) throws IOException {
        TreeMap<Long, Long> sizes = files.list();
        var deletable = sizes.headMap(Math.min(needed.segment(), written.segment()), false);
        long kept = 0;
        for (long size : deletable.values()) {
            kept += size;
        }
        long oldest = System.currentTimeMillis() - settings.retention().toMillis();
        for (var segment : deletable.entrySet()) {
            var path = files.path(segment.getKey());
            if (kept <= settings.retentionBytes() && Files.getLastModifiedTime(path).toMillis() >= oldest) {
                break;
            }
            Files.deleteIfExists(path);
            kept -= segment.getValue();
            LOG.log(Level.DEBUG, "Deleted segment {0}; it is in the database.", segment.getKey());
        }
        sealed.clear();
        sealed.putAll(files.list());
    }
}
