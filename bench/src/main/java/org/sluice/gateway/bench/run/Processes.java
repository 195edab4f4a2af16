package org.sluice.gateway.bench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sluice.gateway.bench.load.Tally;
import org.sluice.gateway.bench.mock.MockProvider;

/** Mock provider and load, each in its own JVM; both end when this process does, which closes their input. */
final class Processes implements AutoCloseable {
    private final Process mock;
    private final Process load;
    private final int mockPort;
    private final ObjectOutputStream jobs;
    private final ObjectInputStream tallies;

    Processes(Options options) throws IOException {
        mock = start(options, MockProvider.class, "0", "1");
        String address = new BufferedReader(new InputStreamReader(mock.getInputStream())).readLine();
        if (address == null) {
            throw new IOException("the mock provider did not start");
        }
        mockPort = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        load = start(options, LoadWorker.class);
        jobs = new ObjectOutputStream(load.getOutputStream());
        jobs.flush();
        tallies = new ObjectInputStream(load.getInputStream());
    }

    private static Process start(Options options, Class<?> main, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(options.java().toString(), "-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=4",
                "-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectError(Redirect.INHERIT).start();
    }

    int mockPort() {
        return mockPort;
    }

    Tally run(Job job) {
        try {
            jobs.writeObject(job);
            jobs.reset();
            jobs.flush();
            Object result = tallies.readObject();
            if (result instanceof Tally tally) {
                return tally;
            }
            throw new IllegalStateException(job.target().name() + ": " + result);
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("the load's process is gone", e);
        }
    }

    /** The same in the background; one job at a time. */
    CompletableFuture<Tally> begin(Job job) {
        return CompletableFuture.supplyAsync(() -> run(job));
    }

    @Override
    public void close() {
        load.destroy();
        mock.destroy();
    }
}
