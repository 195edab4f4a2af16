package org.sluice.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server with the gateway, started by the launcher of {@code server-config/run}. {@link #shared()} is one for all tests of a
 * run, ended with the JVM; {@link #named(String)} makes one of a test's own, which the test closes. Start, stop and kill may
 * follow each other; port and data directory stay. Not thread-safe, {@link #shared()} and {@link #key()} excepted.
 */
public final class ServerUnderTest implements AutoCloseable {
    private static final String KEY = "ITITITIT.0123456789abcdefghijklmnopqrstuv";
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static ServerUnderTest shared;

    private final String name;
    private final ServerLaunch launch = new ServerLaunch();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> options = new ArrayList<>();
    private final int port = ServerLaunch.freePort();
    private Path data;
    private String baseUrl;
    private ReplayUpstream replay;

    private ServerUnderTest(String name) {
        this.name = name;
        data = launch.target().resolve("it-data").resolve(ServerLaunch.kind() + "-" + name);
        baseUrl = "http://127.0.0.1:" + port;
        environment.put("GATEWAY_BOOTSTRAP_KEY", KEY);
    }

    /** The instance for all tests; its providers {@code openai}, {@code anthropic} and {@code gemini} are {@link #replay()}. */
    public static synchronized ServerUnderTest shared() {
        if (shared == null) {
            ServerUnderTest server = named("shared").replaying();
            String given = System.getProperty("gateway.baseUrl");
            if (given != null) {
                server.baseUrl = given;
            } else {
                Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-shared-server"));
                server.start();
            }
            shared = server;
        }
        return shared;
    }

    /** A production key that works on every instance; {@code gateway.key} names the one of a server started elsewhere. */
    public static String key() {
        return System.getProperty("gateway.key", KEY);
    }

    /** An instance of this name, not started; its data directory is empty. */
    public static ServerUnderTest named(String name) {
        ServerUnderTest server = new ServerUnderTest(name);
        ServerLaunch.delete(server.data);
        return server;
    }

    /** One more environment variable for the server. */
    public ServerUnderTest with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** One more JVM option for the server. */
    public ServerUnderTest withJvmOption(String option) {
        options.addAll(List.of("--jvm-option", option));
        return this;
    }

    /** Takes the data directory of another instance, or of an earlier life; it is not emptied. */
    public ServerUnderTest withData(Path directory) {
        data = directory;
        return this;
    }

    /** Points the providers {@code openai}, {@code anthropic}, {@code groq} and {@code gemini} at a recorder of this JVM. */
    public ServerUnderTest replaying() {
        try {
            replay = new ReplayUpstream(Integer.getInteger("gateway.replayPort", 0));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        String upstream = "http://127.0.0.1:" + replay.port();
        return with("OPENAI_API_KEY", "sk-replay").with("OPENAI_BASE_URL", upstream + "/v1")
                .with("ANTHROPIC_API_KEY", "sk-replay").with("ANTHROPIC_BASE_URL", upstream)
                .with("GROQ_API_KEY", "sk-replay").with("GROQ_BASE_URL", upstream + "/openai/v1")
                .with("GEMINI_API_KEY", "sk-replay").with("GEMINI_BASE_URL", upstream);
    }

    /** Returns once {@code GET /api/health-check/} is 200. Fails with IllegalStateException and what the launcher printed. */
    public ServerUnderTest start() {
        launch.run(arguments("--background"), environment);
        return this;
    }

    /** Ends it gracefully; returns when its JVM has ended. */
    public void stop() {
        launch.run(arguments("--stop"), environment);
    }

    /** Ends it by kill -9; returns when its JVM has ended. */
    public void kill() {
        launch.run(arguments("--kill"), environment);
    }

    /**
     * Kill -9, then the same JVM command again; returns once {@code GET /api/health-check/} is 200. What a supervisor does, and
     * faster than {@link #kill()} and {@link #start()}, which lay the server out afresh.
     */
    public void crash() throws IOException, InterruptedException {
        ProcessHandle victim = ProcessHandle.of(pid()).orElseThrow();
        ServerJvm jvm = ServerJvm.of(victim.pid());
        victim.destroyForcibly();
        victim.onExit().join();
        Process process = jvm.start(instance().resolve("crash.log"));
        Files.writeString(instance().resolve("gateway.pid"), String.valueOf(process.pid()));
        Await.until(Duration.ofMinutes(3), () -> name + " takes calls again; see " + log(), () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended with status " + process.exitValue() + "; see " + log());
            }
            try {
                return get("/api/health-check/").statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** Without a slash at the end. */
    public String baseUrl() {
        return baseUrl;
    }

    public ReplayUpstream replay() {
        return replay;
    }

    public Path data() {
        return data;
    }

    /** Of the server's JVM. */
    public long pid() {
        try {
            return Long.parseLong(Files.readString(instance().resolve("gateway.pid")).trim());
        } catch (IOException absent) {
            throw new UncheckedIOException(name + " is not running", absent);
        }
    }

    /** The main log of the server product. */
    public Path log() {
        return instance().resolve(ServerLaunch.kind().equals("liberty") ? "usr/servers/gateway/logs/messages.log" : "domains/domain1/logs/server.log");
    }

    /** {@code GET path} with {@link #key()}. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(baseUrl + path)).header("Authorization", "Bearer " + key())
                .timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Ends the server gracefully if it runs. */
    @Override
    public void close() {
        stop();
        if (replay != null) {
            replay.close();
        }
    }

    /** The server product's directory of this instance: configuration, logs, work files. */
    public Path instance() {
        return launch.target().resolve("it-run").resolve(ServerLaunch.kind() + "-" + name);
    }

    private List<String> arguments(String action) {
        List<String> arguments = new ArrayList<>(List.of(ServerLaunch.kind(), action, "--port", String.valueOf(port), "--data", data.toString(),
                "--instance", instance().toString(), "--ear", launch.ear().toString()));
        arguments.addAll(options);
        return arguments;
    }
}
