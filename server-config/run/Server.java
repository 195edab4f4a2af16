import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server product with a directory of its own per instance. Not thread-safe; one launcher, one instance. */
abstract class Server {
    final Path root;
    final Options options;

    Server(Path root, Options options) {
        this.root = root;
        this.options = options;
    }

    static Server of(Path root, Options options) {
        return options.server().equals("liberty") ? new Liberty(root, options) : new Payara(root, options);
    }

    abstract String title();

    /** Lays out the instance afresh; the data directory is not part of it. */
    abstract void prepare() throws IOException;

    /** Starts the prepared instance and answers the id of its JVM. */
    abstract long start() throws IOException, InterruptedException;

    /** Asks for a graceful end and returns when the server has taken note, or has ended. */
    abstract void stop() throws IOException, InterruptedException;

    abstract Path log();

    /** Ports besides the HTTP port. */
    List<Integer> ports() {
        return List.of();
    }

    /** Runs a command of the server's own; what it prints goes to {@code commands.log} of the instance. */
    int command(List<String> words, List<String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(options.instance().toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(commandLog().toFile()));
        builder.environment().putAll(options.environment());
        if (options.isDatabaseEmbedded()) {
            builder.environment().keySet().removeAll(List.of("GATEWAY_DB_URL", "GATEWAY_DB_USER", "GATEWAY_DB_PASSWORD"));
        }
        for (int at = 0; at < environment.size(); at += 2) {
            builder.environment().put(environment.get(at), environment.get(at + 1));
        }
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(options.timeoutSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(words + " did not end within " + options.timeoutSeconds() + " s; see " + commandLog());
        }
        return process.exitValue();
    }

    Path commandLog() {
        return options.instance().resolve("commands.log");
    }

    Path script(String unix) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Path script = options.servers().resolve(windows ? unix + ".bat" : unix);
        if (!Files.exists(script)) {
            throw new IllegalStateException(script + " is missing; build with ./mvnw -Prun, which unpacks the servers");
        }
        script.toFile().setExecutable(true);
        return script;
    }

    List<Path> drivers() throws IOException {
        try (var jars = Files.list(options.servers().resolve("jdbc"))) {
            return new ArrayList<>(jars.toList());
        }
    }

    static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        Files.createDirectories(folder);
    }

    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
