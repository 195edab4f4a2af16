package org.sluice.gateway.bench.mock;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.sluice.gateway.bench.loop.Alarm;
import org.sluice.gateway.bench.loop.Loop;

/** An answer that takes time: thinking, then chunk by chunk at a fixed pace counted from its begin. */
final class MockAnswer extends Alarm {
    private static final long MILLI = 1_000_000;
    private final MockConnection connection;
    private final Loop loop;
    private Format format;
    private Plan plan;
    private boolean isStream;
    private boolean withUsage;
    private boolean hasStarted;
    private int written;
    private long beginNanos;

    MockAnswer(MockConnection connection, Loop loop) {
        this.connection = connection;
        this.loop = loop;
    }

    /** @return whether the answer is complete already */
    boolean begin(Format format, Plan plan, boolean isStream, boolean withUsage) throws IOException {
        this.format = format;
        this.plan = plan;
        this.isStream = isStream;
        this.withUsage = withUsage;
        hasStarted = false;
        written = 0;
        beginNanos = System.nanoTime() + plan.thinkMillis() * MILLI;
        if (plan.thinkMillis() > 0) {
            loop.timers().set(this, beginNanos);
            return false;
        }
        return advance();
    }

    void cancel() {
        loop.timers().cancel(this);
    }

    @Override
    protected void ring() {
        try {
            if (advance()) {
                connection.answered();
            }
        } catch (IOException e) {
            connection.fail(e);
        }
    }

    private boolean advance() throws IOException {
        if (!isStream) {
            connection.write(ByteBuffer.wrap(format.whole()));
            return true;
        }
        ByteBuffer out = loop.scratch();
        if (!hasStarted) {
            hasStarted = true;
            out.put(format.start());
        }
        long now = System.nanoTime();
        while (written < plan.chunks() && beginNanos + written * plan.delayMillis() * MILLI <= now) {
            if (out.remaining() < format.chunkBytes()) {
                connection.write(out.flip());
                out.clear();
            }
            format.putChunk(out, now);
            written++;
        }
        boolean isLast = written == plan.chunks();
        if (isLast) {
            if (out.remaining() < format.end(withUsage).length) {
                connection.write(out.flip());
                out.clear();
            }
            out.put(format.end(withUsage));
        } else {
            loop.timers().set(this, beginNanos + written * plan.delayMillis() * MILLI);
        }
        connection.write(out.flip());
        return isLast;
    }
}
