package org.sluice.gateway.bench.micro;

import java.io.ByteArrayInputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.upstream.SseReader;

/** A chunk of a translated stream from the provider's bytes to the client's: framing, reading, writing. Streams of 1,000 chunks of a word each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TranslateStream {
    private static final int CHUNKS = 1_000;
    @Param({"openai>anthropic", "anthropic>openai", "gemini>openai", "openai>responses", "converse>openai"})
    public String way;
    private Dialect from;
    private Dialect to;
    private byte[] stream;

    @Setup
    public void make() {
        String[] ends = way.split(">");
        from = Formats.dialect(ends[0]);
        to = Formats.dialect(ends[1]);
        stream = ends[0].equals("openai") ? Bodies.stream(CHUNKS) : ends[0].equals("converse") ? Frames.converse(CHUNKS) : written(from);
    }

    /** The same words as this dialect's server would send them. */
    private static byte[] written(Dialect dialect) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        translate(new SseReader(new ByteArrayInputStream(Bodies.stream(CHUNKS))), Formats.dialect("openai").chunkReader(), dialect.chunkWriter(true), out);
        return out.toByteArray();
    }

    private static int translate(EventSource events, ChunkReader reader, ChunkWriter writer, java.io.ByteArrayOutputStream out) {
        int bytes = 0;
        boolean isEnded = false;
        for (ServerSentEvent event = events.next(); !isEnded; event = event == null ? null : events.next()) {
            for (ChatChunk chunk : event == null ? reader.end() : reader.read(event)) {
                isEnded = chunk instanceof ChatChunk.Ended;
                Slice frame = isEnded ? writer.end() : writer.write(chunk);
                if (frame != null) {
                    bytes += frame.length();
                    if (out != null) {
                        out.write(frame.array(), frame.from(), frame.length());
                    }
                }
            }
            if (event == null && !isEnded) {
                throw new IllegalStateException("The stream has no end.");
            }
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public int chunk(Cpu cpu) {
        cpu.did(CHUNKS);

        return translate(way.startsWith("converse") ? Formats.BEDROCK.events(from, new ByteArrayInputStream(stream)) : new SseReader(new ByteArrayInputStream(stream)), from.chunkReader(), to.chunkWriter(true), null);
    }
}
