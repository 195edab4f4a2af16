package org.sluice.gateway.log;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.journal.Journal;
import org.sluice.gateway.journal.JournalReader;
import org.sluice.gateway.journal.JournalRecord;
import org.sluice.gateway.journal.Position;

/**
 * Brings records of the journal into the database, behind the writer. A batch that could not be stored is kept and tried
 * again; a crash anywhere means to begin at the database's checkpoint. One thread runs it.
 */
final class LogDrainer implements Runnable {
    private static final System.Logger LOG = System.getLogger(LogDrainer.class.getName());
    private static final int BATCH_BYTES = 8 * 1024 * 1024;
    private static final long BACK_OFF_MIN_MILLIS = 100;
    private static final long BACK_OFF_MAX_MILLIS = 5_000;
    private final Journal journal;
    private final LogRowStore store;
    private final LogRowReader rows;
    private final LogSettings settings;
    private final Clock clock;
    private final OpenCalls open = new OpenCalls();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private JournalReader reader;
    private Batch pending;
    private Position replayedUpTo;
    private boolean isRecovered;
    private long backOffMillis;
    private volatile Position applied = Position.BEGIN;
    private volatile int openCalls;
    private volatile long drainedRows;
    private volatile String lastError;
    private volatile boolean isPaused;
    private volatile boolean isStopping;

    /** @param isFull whether it ended at a limit rather than at the end of the journal */
    private record Batch(List<LogRow> rows, Position end, boolean isFull) {}

    LogDrainer(Journal journal, LogRowStore store, LogRowReader rows, LogSettings settings, Clock clock) {
        this.journal = journal;
        this.store = store;
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void run() {
        while (!isStopping) {
            long waitMillis = settings.pollInterval().toMillis();
            try {
                waitMillis = !isPaused && drainOnce() ? 0 : waitMillis;
                backOffMillis = 0;
            } catch (LogRowStore.StaleCheckpointException e) {
                LOG.log(Level.WARNING, "The database knows another checkpoint; the journal is applied again from there.");
                restart();
            } catch (SQLException | IOException | RuntimeException e) {
                if (pending == null) {
                    restart();
                }
                waitMillis = backOff(e);
            }
            pause(waitMillis);
        }
        restart();
    }

    /**
     * One batch; returns whether to go on at once. After a batch that was not full there is a pause although more may have
     * come meanwhile: a steady trickle would otherwise be one transaction for every few rows.
     */
    boolean drainOnce() throws SQLException, IOException, LogRowStore.StaleCheckpointException {
        if (reader == null) {
            begin();
        }
        if (pending == null) {
            pending = collect();
        }
        Batch batch = pending;
        if (batch.end().equals(applied) && batch.rows().isEmpty()) {
            pending = null;
            return false;
        }
        Checkpoint next = new Checkpoint(batch.end(), open.oldest(batch.end()));
        store.store(batch.rows(), next);
        pending = null;
        drainedRows += batch.rows().size();
        openCalls = open.size();
        journal.applied(next.applied(), next.open());
        lastError = null;
        signal(batch.end());
        return batch.isFull();
    }

    /** Waits until everything before {@code end} is in the database; false when it took too long. */
    boolean await(Position end, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            changed.signalAll();
            while (applied.isBefore(end)) {
                if (left <= 0 || isStopping) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        isStopping = true;
        wake();
    }

    void pause(boolean isWanted) {
        isPaused = isWanted;
        wake();
    }

    LogStatistics statistics() {
        return new LogStatistics(journal.statistics(), drainedRows, store.degradedRows(), openCalls, lastError, isPaused);
    }

    private void begin() throws SQLException {
        Checkpoint stored = store.readCheckpoint();
        Checkpoint checkpoint = journal.end().isBefore(stored.applied()) ? Checkpoint.NONE : stored;
        replayedUpTo = checkpoint.applied();
        isRecovered = false;
        open.clear();
        reader = journal.reader(checkpoint.open());
        signal(checkpoint.applied());
    }

    private Batch collect() throws IOException {
        List<LogRow> collected = new ArrayList<>();
        Instant now = clock.instant();
        int bytes = 0;
        boolean isFull = true;
        while (collected.size() < settings.batchRows() && bytes < BATCH_BYTES) {
            JournalRecord record = reader.next();
            if (!isRecovered && !reader.position().isBefore(journal.firstOfRun())) {
                isRecovered = true;
                crash(open.takeBefore(journal.firstOfRun()), collected, now);
            }
            if (record == null) {
                isFull = false;
                break;
            }
            bytes += record.payload().length;
            take(record, collected, now);
        }
        crash(open.takeOverdue(now), collected, now);
        return new Batch(collected, reader.position(), isFull);
    }

    private void take(JournalRecord record, List<LogRow> collected, Instant now) {
        switch (record.type()) {
            case START -> open.started(record, now);
            case END -> {
                open.ended(record.id());
                if (!record.at().isBefore(replayedUpTo)) {
                    try {
                        collected.add(rows.readEnd(record.id(), record.payload()));
                    } catch (RuntimeException e) {
                        LOG.log(Level.ERROR, "The record of call {0} cannot be read and has no row.", record.id(), e);
                    }
                }
            }
        }
    }

    private void crash(List<OpenCalls.Started> calls, List<LogRow> collected, Instant now) {
        for (OpenCalls.Started call : calls) {
            collected.add(rows.readCrashed(call.id(), call.payload(), now));
        }
        if (!calls.isEmpty()) {
            LOG.log(Level.WARNING, "{0} calls never ended; they are logged as crashed.", calls.size());
        }
    }

    private void restart() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        pending = null;
    }

    private long backOff(Exception e) {
        String error = e instanceof GatewayException && e.getCause() != null ? e.getCause().getClass().getSimpleName() : e.getClass().getSimpleName();
        if (e instanceof SQLException sql && sql.getSQLState() != null) {
            error += " " + sql.getSQLState();
        }
        if (!error.equals(lastError)) {
            LOG.log(Level.WARNING, "Log rows wait in the journal: {0}. It is tried again until it works.", error);
            LOG.log(Level.DEBUG, "The failure", e);
        }
        lastError = error;
        backOffMillis = Math.min(BACK_OFF_MAX_MILLIS, Math.max(BACK_OFF_MIN_MILLIS, backOffMillis * 2));
        return backOffMillis / 2 + ThreadLocalRandom.current().nextLong(backOffMillis / 2 + 1);
    }

    private void pause(long millis) {
        lock.lock();
        try {
            if (millis > 0 && !isStopping) {
                changed.await(millis, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // the server wants the thread to end; stop() says so too
            isStopping = true;
        } finally {
            lock.unlock();
        }
    }

    private void signal(Position end) {
        lock.lock();
        try {
            applied = end;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
