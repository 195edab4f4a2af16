package org.sluice.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The segment that grows. Writes at {@link #length()}, so that what a failed write left behind is written over by the
 * next one. Not thread-safe: {@link Journal} locks; only {@link #force()} may run beside a write.
 */
final class SegmentWriter {
    static final int HEADER_BYTES = 24;
    private static final int REOPEN_LIMIT = 4;

    /** Opens a new file; a seam for disks that fail. */
    interface Opener {
        FileChannel create(Path file) throws IOException;
    }

    private final long number;
    private final Path path;
    private final Object fileKey;
    private volatile FileChannel channel;
    private long length;

    SegmentWriter(long number, Path path, long marker, Opener opener) throws IOException {
        this.number = number;
        this.path = path;
        this.channel = opener.create(path);
        this.fileKey = fileKey(path);
        write(ByteBuffer.allocate(HEADER_BYTES).putLong(marker).putLong(marker).putLong(marker).flip());
    }

    /** Takes the whole record or throws; the record counts only after that. Interrupts are put off until it is done. */
    void write(ByteBuffer record) throws IOException {
        boolean interrupted = Thread.interrupted();
        int from = record.position();
        int bytes = record.remaining();
        try {
            for (int reopened = 0; ; reopened++) {
                try {
                    record.position(from);
                    if (reopened < REOPEN_LIMIT) {
                        writeAll(record);
                    } else {
                        writeElsewhere(record);
                    }
                    length += bytes;
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeAll(ByteBuffer record) throws IOException {
        for (long at = length; record.hasRemaining(); ) {
            at += channel.write(record, at);
        }
    }

    /** On a thread that nobody interrupts, for one that somebody keeps interrupting. */
    private void writeElsewhere(ByteBuffer record) throws IOException {
        AtomicReference<IOException> failure = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try {
                writeAll(record);
            } catch (IOException e) {
                failure.set(e);
            }
        }, "gateway-journal-write");
        writer.setDaemon(true);
        writer.start();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    void force() throws IOException {
        FileChannel forced = channel;
        try {
            forced.force(false);
        } catch (java.nio.channels.ClosedChannelException e) {
            if (forced == channel) {
                throw e;
            }
            channel.force(false);
        }
    }

    /** Bytes from..to of this segment, while it can still be read. */
    ByteBuffer read(long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("The segment is shorter than what was written to it.");
            }
        }
        return bytes.flip();
    }

    /** Whether the file is still found under its name. */
    boolean isInPlace() {
        try {
            return Files.exists(path) && (fileKey == null || fileKey.equals(fileKey(path)));
        } catch (IOException e) {
            return false;
        }
    }

    /** Forgets what a failed write left behind the last record, as far as the disk lets us. */
    void cutTail() {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            // the next write goes over it, and readers check every record
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // nothing is buffered
        }
    }

    long number() {
        return number;
    }

    long length() {
        return length;
    }

    private static Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
    }
}
