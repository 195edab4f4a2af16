package org.sluice.gateway.bench.run;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway of its own: free port, empty data directory, settings as they come but for the keys and addresses of the mock. */
public final class Gateway implements AutoCloseable {
    public static final String KEY = "benchkey.0123456789abcdef0123456789abcdef";
    private final Options options;
    private final Path folder;
    private final int port;
    private volatile ProcessHandle process;
    private final Thread killer = new Thread(this::kill);

    /** @param settings environment variables on top of the usual ones */
    public Gateway(Options options, String name, int mockPort, Map<String, String> settings) throws IOException, InterruptedException {
        this.options = options;
        this.folder = options.work().resolve(name);
        this.port = freePort();
        clear(folder);
        Runtime.getRuntime().addShutdownHook(killer);
        List<String> words = command("--background", "--data", folder.resolve("data").toString());
        for (String option : options.jvmOptions()) {
            words.addAll(List.of("--jvm-option", option));
        }
        ProcessBuilder builder = builder(words);
        builder.environment().putAll(Map.of("GATEWAY_BOOTSTRAP_KEY", KEY, "OPENAI_API_KEY", "sk-bench", "ANTHROPIC_API_KEY", "sk-ant-bench",
                "OPENAI_BASE_URL", "http://127.0.0.1:" + mockPort + "/v1", "ANTHROPIC_BASE_URL", "http://127.0.0.1:" + mockPort));
        builder.environment().putAll(settings);
        if (builder.start().waitFor() != 0) {
            throw new IOException("the gateway did not start; see above and " + folder);
        }
        long pid = Long.parseLong(Files.readString(folder.resolve("server/gateway.pid")).trim());
        process = ProcessHandle.of(pid).orElseThrow(() -> new IOException("the gateway ended at once; see " + folder));
    }

    private List<String> command(String action, String... more) {
        List<String> words = new ArrayList<>(List.of(options.java().toString(), "-Xmx128m", options.root().resolve("server-config/run/Run.java").toString(),
                options.server(), action, "--port", String.valueOf(port), "--instance", folder.resolve("server").toString(),
                "--java-home", options.jdk().toString()));
        words.addAll(List.of(more));
        return words;
    }

    private ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectOutput(Redirect.to(folder.resolve("launcher.log").toFile())).redirectError(Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("GATEWAY_"));
        return builder;
    }

    public int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Nanoseconds of CPU, user and system, since the process started; the kernel counts in steps of 10 ms. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElseThrow(() -> new IllegalStateException("the gateway ended; see " + folder)).toNanos();
    }

    /** Threads of the operating system, all of the JVM's own included. */
    int threads() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("Threads:")) {
                return Integer.parseInt(line.substring(8).trim());
            }
        }
        throw new IOException("no number of threads");
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(killer);
    }

    /** At once, because a shutdown hook calls it; the launcher only knows a server whose start is not over yet. */
    private void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().orTimeout(20, TimeUnit.SECONDS).exceptionally(late -> null).join();
            return;
        }
        try {
            builder(command("--kill")).start().waitFor(60, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException e) {
            System.err.println("bench: the gateway in " + folder + " may still run: " + e.getMessage());
        }
    }

    /** Below Payara's borders, so that its admin port, 20,000 above, exists. */
    private static int freePort() throws IOException {
        for (int port = 20_080; port < 30_000; port += 10) {
            try (ServerSocket http = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
                    ServerSocket admin = new ServerSocket(port + 20_000, 1, InetAddress.getByName("127.0.0.1"))) {
                return http.getLocalPort() == port && admin.isBound() ? port : -1;
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IOException("no free port");
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        Files.createDirectories(folder);
    }
}
