package org.sluice.gateway.bench.micro;

import java.util.Map;
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
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;

/** The strict reader: top-level members with their places, which every call needs, and the whole tree, which translation needs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class JsonRead {
    @Param({"1024", "16384", "262144"})
    public int bytes;
    private byte[] body;

    @Setup
    public void make() {
        body = Bodies.chat(bytes);
    }

    @Benchmark
    public Map<String, Member> members() {
        return JsonReader.readMembers(body);
    }

    @Benchmark
    public JsonValue tree() {
        return JsonReader.read(body);
    }
}
