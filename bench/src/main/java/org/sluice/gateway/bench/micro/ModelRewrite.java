package org.sluice.gateway.bench.micro;

import java.util.Set;
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
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.openai.OpenAiDialect;

/** What pass-through does to a request: the model renamed and a member of the gateway cut out by splicing slices, with and without the reading before it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ModelRewrite {
    private static final Set<String> GATEWAY_MEMBERS = Set.of("customer_identifier", "metadata", "respan_params");
    @Param({"1024", "262144"})
    public int bytes;
    private final OpenAiDialect dialect = new OpenAiDialect();
    private byte[] body;
    private RequestOutline outline;

    @Setup
    public void make() {
        body = Bodies.chat(bytes);
        outline = dialect.readOutline(body);
    }

    @Benchmark
    public Body splice() {
        return dialect.forward(outline, "gpt-4o-mini", GATEWAY_MEMBERS);
    }

    @Benchmark
    public Body readAndSplice() {
        return dialect.forward(dialect.readOutline(body), "gpt-4o-mini", GATEWAY_MEMBERS);
    }
}
