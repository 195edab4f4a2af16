package org.sluice.gateway.log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.database.GatewayDatabase;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.journal.Journal;
import org.sluice.gateway.journal.JournalBuffer;
import org.sluice.gateway.thread.GatewayThreads;

/** Writes calls down. Any thread may write; one bean starts and stops it. */
@ApplicationScoped
public class RequestLogWriter {
    private static final System.Logger LOG = System.getLogger(RequestLogWriter.class.getName());
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(10);
    @Inject GatewayDatabase database;
    @Inject Instance<LogSettings> configured;
    @Inject @Any Instance<Dialect> dialects;
    @Inject @Any Instance<RowFollower> found;
    private List<RowFollower> followers;
    private LogSettings settings;
    private StreamAssembly streams;
    private Thread thread;
    private volatile Journal journal;
    private volatile CallRecordWriter records;
    private volatile LogDrainer drainer;

    public RequestLogWriter() { }

    RequestLogWriter(LogSettings settings, GatewayDatabase database, StreamAssembly streams) {
        this(settings, database, streams, List.of());
    }

    /** The same with followers. */
    RequestLogWriter(LogSettings settings, GatewayDatabase database, StreamAssembly streams, List<RowFollower> followers) {
        this.settings = settings;
        this.database = database;
        this.streams = streams;
        this.followers = followers;
    }

    /**
     * Opens the journal and begins to drain it; the database need not be there yet.
     *
     * @throws GatewayException OVERLOADED when the journal's directory cannot be used
     */
    public synchronized void start() {
        if (journal != null) {
            return;
        }
        if (settings == null) {
            settings = configured.isResolvable() ? configured.get() : LogSettings.defaults(Path.of("data"));
            streams = new DialectStreams(dialects);
            followers = found.stream().toList();
        }
        Journal opened = Journal.open(settings.journal());
        String node = opened.node();
        Clock clock = Clock.systemUTC();
        drainer = new LogDrainer(opened, new LogRowStore(database, node, clock, followers), new LogRowReader(node, streams), settings, clock);
        records = new CallRecordWriter(settings.contentMaxBytes());
        journal = opened;
        thread = GatewayThreads.managed().newThread(drainer);
        thread.setName("gateway-log-drain");
        thread.start();
    }

    /**
     * The call is about to be sent to a provider.
     *
     * @param inputTokens an estimate: all that is known of the usage if the process dies before the call ends
     * @throws GatewayException OVERLOADED when it cannot be recorded; then it must not be sent
     */
    public void started(Call call, String deployment, long inputTokens) {
        Journal open = journal();
        JournalBuffer buffer = open.buffer();
        records.writeStart(buffer, call, deployment, inputTokens);
        open.append(buffer);
    }

    /**
     * The call is over. To be called before the client is told so; when it returns, the record survives this process.
     *
     * @throws GatewayException OVERLOADED when it cannot be recorded
     */
    public void ended(CallRecord record) {
        Journal open = journal();
        JournalBuffer buffer = open.buffer();
        records.writeEnd(buffer, record);
        open.append(buffer);
    }

    /** Waits, ten seconds at most, until every call that ended so far has its row; false when it has not. */
    public boolean flush() {
        return flush(FLUSH_LIMIT);
    }

    public boolean flush(Duration limit) {
        Journal open = journal();
        open.sync();
        try {
            return drainer.await(open.end(), limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Stops bringing rows into the database, or goes on; calls are recorded meanwhile. */
    public void pauseDrain(boolean isPaused) {
        drainer().pause(isPaused);
    }

    /** No call is recorded after this. What is not in the database after {@code limit} waits in the journal. */
    public synchronized void stop(Duration limit) {
        if (journal == null) {
            return;
        }
        if (!flush(limit)) {
            LOG.log(Level.INFO, "Log rows remain in the journal; the next start stores them.");
        }
        drainer.stop();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        journal.close();
        journal = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether calls can be recorded: part of the readiness. */
    public boolean isReady() {
        Journal open = journal;
        return open != null && open.statistics().isWritable();
    }

    /** @throws GatewayException SHUTTING_DOWN when the log is not open */
    public LogStatistics statistics() {
        journal();
        return drainer.statistics();
    }

    private LogDrainer drainer() {
        journal();
        return drainer;
    }

    private Journal journal() {
        Journal open = journal;
        if (open == null) {
            throw new GatewayException(ErrorType.SHUTTING_DOWN, "The gateway is not running; try another instance.");
        }
        return open;
    }
}
