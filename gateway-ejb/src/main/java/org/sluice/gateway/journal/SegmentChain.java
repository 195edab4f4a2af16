package org.sluice.gateway.journal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The growing segment and those before it that are not yet on the disk. One lock guards every change and is held for one
 * write(2); fdatasync runs without it. Thread-safe.
 */
final class SegmentChain {
    private static final System.Logger LOG = System.getLogger(SegmentChain.class.getName());
    private final SegmentFiles files;
    private final SegmentWriter.Opener opener;
    private final long marker;
    private final long segmentBytes;
    private final JournalRetention retention;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition synced = lock.newCondition();
    private final ReentrantLock forcing = new ReentrantLock();
    private final ArrayDeque<SegmentWriter> unsynced = new ArrayDeque<>();
    private SegmentWriter current;
    private long nextNumber;
    private Position durable;
    private volatile Position written;
    private volatile boolean isOpen = true;

    SegmentChain(SegmentFiles files, SegmentWriter.Opener opener, long marker, long segmentBytes, long firstNumber,
            JournalRetention retention) throws IOException {
        this.files = files;
        this.opener = opener;
        this.marker = marker;
        this.segmentBytes = segmentBytes;
        this.retention = retention;
        this.nextNumber = firstNumber;
        current = newSegment();
        written = new Position(current.number(), current.length());
        durable = written;
    }

    /** Takes one record; returns where it begins. Nothing was taken when this throws. */
    Position write(ByteBuffer record) throws IOException {
        lock.lock();
        try {
            if (!isOpen) {
                throw new IOException("The journal is closed to records.");
            }
            if (current.length() >= segmentBytes) {
                moveTo(newSegment());
            }
            Position at = written;
            try {
                current.write(record);
            } catch (IOException e) {
                current.cutTail();
                throw e;
            }
            written = new Position(current.number(), current.length());
            return at;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything up to now is on the disk. */
    void awaitDurable() throws IOException {
        lock.lock();
        try {
            Position mine = written;
            while (durable.isBefore(mine)) {
                if (!isOpen) {
                    throw new IOException("The journal was closed before the record was on the disk.");
                }
                synced.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    Position written() {
        return written;
    }

    boolean isDirty() {
        lock.lock();
        try {
            return durable.isBefore(written);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forces what is written. A segment whose force failed is never trusted again: what was not durable in it is read
     * back and written to a new segment; readers see those records twice, which is harmless.
     *
     * @throws IOException when that failed too
     */
    void force() throws IOException {
        forcing.lock();
        try {
            forceAll();
        } finally {
            forcing.unlock();
        }
    }

    private void forceAll() throws IOException {
        List<SegmentWriter> segments;
        Position upTo;
        lock.lock();
        try {
            segments = new ArrayList<>(unsynced);
            segments.add(current);
            upTo = written;
        } finally {
            lock.unlock();
        }
        for (SegmentWriter segment : segments) {
            try {
                segment.force();
                forced(segment, upTo);
            } catch (IOException e) {
                rewrite(segment);
            }
        }
        lock.lock();
        try {
            durable = durable.isBefore(upTo) ? upTo : durable;
            synced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isInPlace() {
        lock.lock();
        try {
            return current.isInPlace();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses records until {@link #reopen()}. */
    void refuse() {
        lock.lock();
        try {
            isOpen = false;
            synced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Goes on with a new segment. */
    void reopen() throws IOException {
        lock.lock();
        try {
            moveTo(newSegment());
            current.force();
            unsynced.forEach(SegmentWriter::close);
            unsynced.clear();
            durable = written;
            isOpen = true;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            refuse();
            unsynced.forEach(SegmentWriter::close);
            current.close();
        } finally {
            lock.unlock();
        }
    }

    private void forced(SegmentWriter segment, Position upTo) {
        lock.lock();
        try {
            if (unsynced.remove(segment)) {
                segment.close();
            } else if (segment.number() == upTo.segment()) {
                durable = upTo;
            }
        } finally {
            lock.unlock();
        }
    }

    private void rewrite(SegmentWriter failed) throws IOException {
        lock.lock();
        try {
            long from = durable.segment() == failed.number() ? durable.offset() : SegmentWriter.HEADER_BYTES;
            long to = failed.length();
            SegmentWriter next = newSegment();
            next.write(failed.read(from, to));
            next.force();
            moveTo(next);
            unsynced.remove(failed);
            failed.close();
            LOG.log(Level.WARNING, "The disk refused to sync segment {0}; its last {1} bytes were written anew.", failed.number(), to - from);
        } finally {
            lock.unlock();
        }
    }

    private void moveTo(SegmentWriter next) {
        retention.sealed(current.number(), current.length());
        unsynced.add(current);
        current = next;
        written = new Position(next.number(), next.length());
    }

    private SegmentWriter newSegment() throws IOException {
        long number = nextNumber++;
        Path path = files.path(number);
        try {
            return new SegmentWriter(number, path, marker, opener);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }
}
