package org.sluice.gateway.bench.mock;

import java.util.concurrent.atomic.LongAdder;

/** What a mock provider has seen since its start. Thread-safe. */
public final class MockCounters {
    private final LongAdder requests = new LongAdder();
    private final LongAdder streams = new LongAdder();
    private final LongAdder aborted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder connections = new LongAdder();

    void countRequest() {
        requests.increment();
    }

    void countStream() {
        streams.increment();
    }

    void countAborted() {
        aborted.increment();
    }

    void countRefused() {
        refused.increment();
    }

    void countConnection() {
        connections.increment();
    }

    /** Completion requests, whole and streamed. */
    public long requests() {
        return requests.sum();
    }

    public long streams() {
        return streams.sum();
    }

    /** Answers the other side left before their end. */
    public long aborted() {
        return aborted.sum();
    }

    /** Requests for something this provider does not have. */
    public long refused() {
        return refused.sum();
    }

    /** Connections accepted. */
    public long connections() {
        return connections.sum();
    }

    String json() {
        return "{\"requests\":" + requests() + ",\"streams\":" + streams() + ",\"aborted\":" + aborted() + ",\"refused\":" + refused()
                + ",\"connections\":" + connections() + "}";
    }
}
