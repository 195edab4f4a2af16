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
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.dialect.Dialect;

/** A prompt of 200 KB with 40 tools from the client's bytes to the provider's: outline, strict reading, writing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TranslateRequest {
    private static final int BYTES = 200 * 1024;
    private static final int TOOLS = 40;
    @Param({"openai", "anthropic", "gemini", "responses"})
    public String client;
    @Param({"openai", "anthropic", "gemini", "converse", "cohere"})
    public String provider;
    private Dialect door;
    private Dialect target;
    private String model;
    private byte[] body;

    @Setup
    public void make() {
        Dialect openAi = Formats.dialect("openai");
        byte[] asked = Bodies.conversation(BYTES, TOOLS);
        door = Formats.dialect(client);
        target = Formats.dialect(provider);
        model = Formats.model(provider);
        ChatRequest request = openAi.readRequest(openAi.readOutline(asked), Set.of());
        body = client.equals("openai") ? asked : door.writeRequest(request.withModel(Formats.model(client)));
    }

    @Benchmark
    public byte[] readAndWrite(Cpu cpu) {
        cpu.did(1);
        return target.writeRequest(door.readRequest(door.readOutline(body), Set.of()).withModel(model));
    }
}
