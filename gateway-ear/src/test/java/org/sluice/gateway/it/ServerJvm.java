package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command that a server's JVM was started with, read from {@code /proc} (proc(5), Linux only). Running it again is what
 * a supervisor does after a crash: the same instance directory, nothing laid out afresh.
 */
record ServerJvm(List<String> command, Map<String, String> environment, Path directory) {
    static boolean isReadable() {
        return Files.isReadable(Path.of("/proc/self/cmdline"));
    }

    /** Fails with IOException when there is no such process. */
    static ServerJvm of(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        Map<String, String> environment = new TreeMap<>();
        for (String entry : entries(process.resolve("environ"))) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                environment.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return new ServerJvm(entries(process.resolve("cmdline")), environment, process.resolve("cwd").toRealPath());
    }

    /** @param output takes what the JVM prints, after what stands there */
    Process start(Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> entries(Path file) throws IOException {
        String[] all = new String(Files.readAllBytes(file), UTF_8).split("\0", -1);
        return Arrays.asList(all).subList(0, all.length - 1);
    }
}
