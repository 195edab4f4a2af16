package org.sluice.gateway.journal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Reads records in order, from a place up to what is written. A damaged place is skipped: reading goes on at the next
 * marker with a right checksum. Belongs to one thread.
 */
public final class JournalReader implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(JournalReader.class.getName());
    private static final int MAX_RECORD = 256 * 1024 * 1024;
    private static final int WINDOW = 256 * 1024;
    private final SegmentFiles files;
    private final Supplier<Position> end;
    private final PayloadCipher cipher;
    private final AtomicLong damaged;
    private final CRC32C checksum = new CRC32C();
    private byte[] window = new byte[WINDOW];
    private ByteBuffer bytes = ByteBuffer.wrap(window);
    private long windowFrom;
    private int windowLength;
    private FileChannel channel;
    private long segment;
    private long offset;
    private long marker;
    private long limit;

    JournalReader(SegmentFiles files, Supplier<Position> end, Position from, PayloadCipher cipher, AtomicLong damaged) {
        this.files = files;
        this.end = end;
        this.cipher = cipher;
        this.damaged = damaged;
        this.segment = from.segment();
        this.offset = from.offset();
    }

    /** Place behind the last record read. */
    public Position position() {
        return new Position(segment, offset);
    }

    /** The next record; null when everything written so far was read. */
    public JournalRecord next() throws IOException {
        while (true) {
            Position written = end.get();
            if (channel == null && !open(written)) {
                return null;
            }
            limit = segment == written.segment() ? written.offset() : channel.size();
            if (offset < SegmentWriter.HEADER_BYTES) {
                offset = SegmentWriter.HEADER_BYTES;
            }
            while (offset < limit) {
                int length = recordLength();
                if (length < 0) {
                    skipDamage();
                    continue;
                }
                JournalRecord record = read(length);
                offset += JournalBuffer.HEADER_BYTES + length;
                if (record != null) {
                    return record;
                }
            }
            if (segment >= written.segment() || !step()) {
                return null;
            }
        }
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // read only
            }
            channel = null;
        }
    }

    /** Opens the segment of the position, or the next one there is; false when there is none yet. */
    private boolean open(Position written) throws IOException {
        Path path = files.path(segment);
        if (!Files.exists(path)) {
            Long next = files.list().higherKey(segment);
            if (next == null || next > written.segment()) {
                return false;
            }
            segment = next;
            offset = 0;
            path = files.path(segment);
        }
        channel = FileChannel.open(path, StandardOpenOption.READ);
        windowLength = 0;
        marker = readMarker();
        return true;
    }

    private boolean step() throws IOException {
        Long next = files.list().higherKey(segment);
        if (next == null) {
            return false;
        }
        close();
        segment = next;
        offset = 0;
        return true;
    }

    /** Two of the three copies agree, or the segment's header is beyond repair. */
    private long readMarker() throws IOException {
        if (channel.size() < SegmentWriter.HEADER_BYTES) {
            return 0;
        }
        limit = SegmentWriter.HEADER_BYTES;
        fill(0, SegmentWriter.HEADER_BYTES);
        long a = bytes.getLong(0);
        long b = bytes.getLong(8);
        return a == b ? a : bytes.getLong(16);
    }

    /** Payload length of the whole, undamaged record at {@code offset}, or -1. */
    private int recordLength() throws IOException {
        if (limit - offset < JournalBuffer.HEADER_BYTES) {
            return -1;
        }
        int at = fill(offset, JournalBuffer.HEADER_BYTES);
        int length = bytes.getInt(at + JournalBuffer.LENGTH_AT);
        if (bytes.getLong(at) != marker || length < 0 || length > MAX_RECORD || offset + JournalBuffer.HEADER_BYTES + length > limit) {
            return -1;
        }
        at = fill(offset, JournalBuffer.HEADER_BYTES + length);
        checksum.reset();
        checksum.update(window, at + JournalBuffer.LENGTH_AT, 4);
        checksum.update(window, at + JournalBuffer.TYPE_AT, JournalBuffer.HEADER_BYTES - JournalBuffer.TYPE_AT + length);
        return (int) checksum.getValue() == bytes.getInt(at + JournalBuffer.CHECKSUM_AT) ? length : -1;
    }

    private JournalRecord read(int length) throws IOException {
        int at = fill(offset, JournalBuffer.HEADER_BYTES + length);
        int typeAt = at + JournalBuffer.TYPE_AT;
        RecordType type = RecordType.of(window[typeAt]);
        UUID id = new UUID(bytes.getLong(typeAt + 4), bytes.getLong(typeAt + 12));
        int payloadAt = at + JournalBuffer.HEADER_BYTES;
        byte[] payload = Arrays.copyOfRange(window, payloadAt, payloadAt + length);
        if ((bytes.getShort(typeAt + 2) & JournalBuffer.ENCRYPTED) != 0) {
            payload = cipher == null ? null : cipher.decrypt(payload, id);
            if (payload == null) {
                damaged.incrementAndGet();
                LOG.log(Level.ERROR, "A journal record cannot be decrypted: segment {0}, offset {1}; is it the right key?", segment, offset);
            }
        }
        return type == null || payload == null ? null
                : new JournalRecord(type, window[typeAt + 1], id, payload, position());
    }

    /** Moves to the next good record, or to the end. */
    private void skipDamage() throws IOException {
        long from = offset;
        damaged.incrementAndGet();
        offset++;
        while (offset < limit && !(isMarkerAt() && recordLength() >= 0)) {
            offset++;
        }
        LOG.log(Level.WARNING, "Skipped {0} damaged bytes of the journal: segment {1}, offset {2}.", offset - from, segment, from);
    }

    private boolean isMarkerAt() throws IOException {
        return limit - offset >= 8 && bytes.getLong(fill(offset, 8)) == marker;
    }

    /** Makes {@code count} bytes from {@code from} on lie in the window; returns where. Never looks beyond what is written. */
    private int fill(long from, int count) throws IOException {
        if (from >= windowFrom && from + count <= windowFrom + windowLength) {
            return (int) (from - windowFrom);
        }
        if (count > window.length || window.length > WINDOW && count <= WINDOW) {
            window = new byte[Math.max(WINDOW, count)];
            bytes = ByteBuffer.wrap(window);
        }
        windowFrom = from;
        windowLength = 0;
        int wanted = (int) Math.min(window.length, limit - from);
        while (windowLength < wanted) {
            int read = channel.read(ByteBuffer.wrap(window, windowLength, wanted - windowLength), from + windowLength);
            if (read < 0) {
                break;
            }
            windowLength += read;
        }
        if (windowLength < count) {
            throw new IOException("A journal segment is shorter than what was written to it.");
        }
        return 0;
    }
}
