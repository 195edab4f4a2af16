package org.sluice.gateway.journal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** The journal of this instance. Thread-safe; see the package for its promise. */
public final class Journal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Journal.class.getName());
    private static final int POOLED_BUFFERS = 64;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int POOLED_BUFFER_MAX = 512 * 1024;
    private final JournalSettings settings;
    private final SegmentFiles files;
    private final PayloadCipher cipher;
    private final long marker = new SecureRandom().nextLong() | 1;
    private final ArrayBlockingQueue<JournalBuffer> buffers = new ArrayBlockingQueue<>(POOLED_BUFFERS);
    private final LongAdder records = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicLong damaged = new AtomicLong();
    private final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - TimeUnit.MINUTES.toNanos(1));
    private final DirectoryLock directoryLock;
    private final JournalRetention retention;
    private final SegmentChain chain;
    private final Position firstOfRun;
    private final JournalSync sync;
    private volatile String lastError;
    private volatile boolean isFailed;
    private volatile boolean isRefusing;
    private volatile boolean isClosed;

    /** @throws GatewayException when the directory cannot be used or another instance uses it */
    public static Journal open(JournalSettings settings) {
        return open(settings, null);
    }

    /** @param opener null for the real disk */
    static Journal open(JournalSettings settings, SegmentWriter.Opener opener) {
        try {
            SegmentFiles files = new SegmentFiles(settings.directory(), settings.node());
            DirectoryLock lock = new DirectoryLock(files);
            try {
                return new Journal(settings, files, lock, opener == null ? files::create : opener);
            } catch (IOException | RuntimeException e) {
                lock.release();
                throw e;
            }
        } catch (IOException e) {
            throw new GatewayException(ErrorType.OVERLOADED,
                    "The journal directory cannot be used: " + e.getClass().getSimpleName() + ".", e);
        }
    }

    private Journal(JournalSettings settings, SegmentFiles files, DirectoryLock lock, SegmentWriter.Opener opener) throws IOException {
        this.settings = settings;
        this.files = files;
        this.directoryLock = lock;
        cipher = PayloadCipher.of(settings.encryptionKey());
        var earlier = files.list();
        // a fresh directory begins beyond every number an earlier one can have had, so that no old checkpoint fits it
        long number = earlier.isEmpty() ? System.currentTimeMillis() : earlier.lastKey() + 1;
        firstOfRun = new Position(number, 0);
        retention = new JournalRetention(files, settings, earlier, firstOfRun);
        chain = new SegmentChain(files, opener, marker, settings.segmentBytes(), number, retention);
        sync = new JournalSync(this, settings.syncInterval());
        sync.start();
    }

    /** An empty buffer; it must come back with {@link #append} or {@link #giveBack}. */
    public JournalBuffer buffer() {
        JournalBuffer buffer = buffers.poll();
        return buffer == null ? new JournalBuffer(BUFFER_BYTES) : buffer;
    }

    public void giveBack(JournalBuffer buffer) {
        if (buffer.capacity() <= POOLED_BUFFER_MAX) {
            buffers.offer(buffer);
        }
    }

    /**
     * Appends the record and gives the buffer back.
     *
     * @return the place of the record
     * @throws GatewayException OVERLOADED when the disk does not take it
     */
    public Position append(JournalBuffer buffer) {
        try {
            ByteBuffer record = buffer.seal(marker, cipher);
            if (settings.backlogMaxBytes() > 0 && retention.backlogBytes(end()) + record.remaining() > settings.backlogMaxBytes()) {
                throw new IOException("BacklogFull");
            }
            Position at = chain.write(record);
            records.increment();
            if (settings.isGroupSync()) {
                sync.wake();
                chain.awaitDurable();
            }
            isRefusing = false;
            return at;
        } catch (IOException e) {
            refused.increment();
            isRefusing = true;
            note(e);
            throw new GatewayException(ErrorType.OVERLOADED,
                    "The gateway cannot record calls at the moment; try again later.").retryAfter(5);
        } finally {
            giveBack(buffer);
        }
    }

    /** Name of this instance, in file names and in the checkpoint. */
    public String node() {
        return files.node();
    }

    /** Records of this process begin here; what lies before was left by an earlier one. */
    public Position firstOfRun() {
        return firstOfRun;
    }

    /** The end of what is written. */
    public Position end() {
        return chain.written();
    }

    public JournalReader reader(Position from) {
        return new JournalReader(files, this::end, from, cipher, damaged);
    }

    /** Tells that everything before {@code applied} is in the database and nothing before {@code needed} is wanted again. */
    public void applied(Position applied, Position needed) {
        retention.applied(applied, needed, end());
    }

    /** Puts everything written on the disk. */
    public void sync() {
        try {
            chain.force();
        } catch (IOException e) {
            fail(e);
        }
    }

    public JournalStatistics statistics() {
        Position end = end();
        return new JournalStatistics(!isFailed && !isClosed && !isRefusing, records.sum(), refused.sum(),
                retention.backlogBytes(end), retention.backlogAgeMillis(end), sync.unsyncedMillis(),
                retention.segments(), damaged.get(), lastError);
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            sync.stop();
            isClosed = true;
            chain.close();
            directoryLock.release();
        }
    }

    boolean isDirty() {
        return !isFailed && chain.isDirty();
    }

    /** Notices a directory that went away, and one that came back; then lets go what is old. */
    void watch() {
        try {
            if (!isFailed && !(files.isUsable() && directoryLock.isInPlace() && chain.isInPlace())) {
                fail(new IOException("DirectoryGone"));
            } else if (isFailed && files.isUsable()) {
                directoryLock.renew();
                chain.reopen();
                isFailed = false;
                isRefusing = false;
                LOG.log(Level.INFO, "The journal takes records again.");
            } else if (!isFailed) {
                retention.sweep(end());
            }
        } catch (IOException | GatewayException e) {
            note(e);
        }
    }

    private void fail(IOException e) {
        isFailed = true;
        chain.refuse();
        note(e);
        LOG.log(Level.ERROR, "The journal takes no records; calls are refused until it does again.");
    }

    /** Remembers the failure and logs it, once in ten seconds. */
    private void note(Exception e) {
        lastError = e.getClass() == IOException.class ? e.getMessage() : e.getClass().getSimpleName();
        long last = loggedNanos.get();
        long now = System.nanoTime();
        if (now - last > TimeUnit.SECONDS.toNanos(10) && loggedNanos.compareAndSet(last, now)) {
            LOG.log(Level.ERROR, "The journal could not take a record: {0}", String.valueOf(e.getMessage()));
        }
    }
}
