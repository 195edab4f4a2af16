package org.sluice.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the launcher as a process, the way a person does. */
final class ServerLaunch {
    private static final int MINUTES = 6;

    /** {@code liberty} or {@code payara}. */
    static String kind() {
        return System.getProperty("gateway.server", "liberty");
    }

    Path root() {
        String given = System.getProperty("gateway.root");
        Path folder = given == null ? Path.of("").toAbsolutePath() : Path.of(given);
        while (!Files.exists(folder.resolve("server-config/run/Run.java"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    Path target() {
        return root().resolve("gateway-ear/target");
    }

    Path ear() {
        return Path.of(System.getProperty("gateway.ear", target().resolve("gateway.ear").toString()));
    }

    /** What the launcher printed; a failure of it is an IllegalStateException that says the same. */
    String run(List<String> arguments, Map<String, String> environment) {
        List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx128m",
                root().resolve("server-config/run/Run.java").toString()));
        words.addAll(arguments);
        try {
            Path output = Files.createTempFile(Files.createDirectories(target()), "launch", ".txt");
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("GATEWAY_") || name.endsWith("_API_KEY") || name.endsWith("_BASE_URL"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean isOver = process.waitFor(MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            String printed = Files.readString(output);
            Files.delete(output);
            if (!isOver || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", arguments) + ": " + (isOver ? printed : "not done within " + MINUTES + " minutes\n" + printed));
            }
            return printed;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    static void delete(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (var files = Files.walk(folder)) {
                    files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
