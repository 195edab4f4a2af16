package org.sluice.gateway.bench.micro;

import java.io.ByteArrayInputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sluice.gateway.dialect.EventWatch;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.upstream.SseReader;

/** A whole stream cut into frames, and the same with the watch that pass-through keeps on every frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SseRead {
    @Param({"1", "100", "1000"})
    public int chunks;
    private final OpenAiDialect dialect = new OpenAiDialect();
    private byte[] stream;

    @Setup
    public void make() {
        stream = Bodies.stream(chunks);
    }

    @Benchmark
    public int frames() {
        SseReader reader = new SseReader(new ByteArrayInputStream(stream));
        int bytes = 0;
        for (ServerSentEvent event = reader.next(); event != null; event = reader.next()) {
            bytes += event.frame().length();
        }
        return bytes;
    }

    @Benchmark
    public EventWatch watched() {
        SseReader reader = new SseReader(new ByteArrayInputStream(stream));
        EventWatch watch = dialect.watch(true);
        for (ServerSentEvent event = reader.next(); event != null; event = reader.next()) {
            watch.see(event);
        }
        return watch;
    }
}
