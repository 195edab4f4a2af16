import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts, watches and ends one instance. The id of its JVM stands in {@code gateway.pid} of the instance directory. */
public final class Launcher {
    private final Options options;
    private final Server server;

    private Launcher(Path root, Options options) {
        this.options = options;
        this.server = Server.of(root, options);
    }

    public static void launch(Path folder, String[] arguments) throws Exception {
        Path root = folder.getParent().getParent();
        new Launcher(root, Options.read(root, arguments, System.getenv())).run();
    }

    private void run() throws Exception {
        switch (options.action()) {
            case PREPARE -> server.prepare();
            case STOP -> stop();
            case KILL -> kill();
            case START -> {
                start();
                new Banner(options, server).writeBrief();
            }
            case RUN -> {
                Thread stopper = new Thread(this::stopQuietly, "stop");
                Runtime.getRuntime().addShutdownHook(stopper);
                Instant begin = Instant.now();
                ProcessHandle process = start();
                new Banner(options, server).write(Duration.between(begin, Instant.now()), process.pid());
                await(process);
            }
        }
    }

    private ProcessHandle start() throws Exception {
        if (running().isPresent()) {
            throw new IllegalStateException("already running with pid " + running().get().pid() + " in " + options.instance());
        }
        requireFree(options.host(), options.port());
        for (int port : server.ports()) {
            requireFree("127.0.0.1", port);
        }
        if (options.ear() != null && !Files.exists(options.ear())) {
            throw new IllegalStateException(options.ear() + " is missing; build it with ./mvnw package");
        }
        Files.createDirectories(options.data());
        server.prepare();
        System.out.println("gateway: starting " + server.title() + " on port " + options.port() + ", log in " + server.log());
        Files.writeString(pidFile(), String.valueOf(server.start()));
        ProcessHandle process = running().orElseThrow(() -> new IllegalStateException(server.title() + " ended at once; see " + server.log()));
        if (options.ear() != null) {
            try {
                new Readiness(options).await(process);
            } catch (IllegalStateException unready) {
                kill();
                throw new IllegalStateException(unready.getMessage() + "; see " + server.log());
            }
        }
        return process;
    }

    /** Until the server ends, or the parent does if it is to be followed. */
    private void await(ProcessHandle process) throws Exception {
        Optional<ProcessHandle> parent = options.followsParent() ? ProcessHandle.current().parent() : Optional.empty();
        while (process.isAlive() && parent.map(ProcessHandle::isAlive).orElse(true)) {
            try {
                process.onExit().get(1, TimeUnit.SECONDS);
            } catch (TimeoutException stillThere) {
                continue;
            } catch (ExecutionException ended) {
                break;
            }
        }
    }

    private void stop() throws IOException, InterruptedException {
        Optional<ProcessHandle> process = running();
        if (process.isPresent()) {
            server.stop();
            process.get().onExit().orTimeout(60, TimeUnit.SECONDS).exceptionally(late -> {
                process.get().destroyForcibly();
                return null;
            }).join();
        }
        Files.deleteIfExists(pidFile());
    }

    private void stopQuietly() {
        try {
            if (running().isPresent()) {
                System.out.println("gateway: stopping " + server.title());
            }
            stop();
        } catch (IOException | InterruptedException failed) {
            System.err.println("gateway: " + failed.getMessage());
        }
    }

    private void kill() throws IOException {
        running().ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        Files.deleteIfExists(pidFile());
    }

    /** The JVM named in the pid file, unless it ended, or the number now belongs to something else. */
    private Optional<ProcessHandle> running() throws IOException {
        if (!Files.exists(pidFile())) {
            return Optional.empty();
        }
        Instant written = Files.getLastModifiedTime(pidFile()).toInstant();
        return ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).trim()))
                .filter(process -> process.info().startInstant().map(started -> started.isBefore(written.plusSeconds(2))).orElse(true));
    }

    private Path pidFile() {
        return options.instance().resolve("gateway.pid");
    }

    private static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException taken) {
            throw new IllegalStateException("port " + port + " of " + host + " is taken; end what listens there, or choose another port (--port, GATEWAY_HTTP_PORT)");
        }
    }
}
