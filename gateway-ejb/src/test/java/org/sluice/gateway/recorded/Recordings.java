package org.sluice.gateway.recorded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The folder of recordings: system property {@code gateway.recorded}, else {@code shared/recorded} in a folder above the
 * working directory.
 */
public final class Recordings {
    private Recordings() { }

    /** The exchanges that fit, in order of their files; skips the test when the folder is absent. */
    public static Stream<Recording> where(Predicate<Recording> fits) {
        return all().stream().filter(fits);
    }

    public static List<Recording> all() {
        return read("exchanges");
    }

    /** Answers whose requests are not known; they have an empty request. */
    public static Stream<Recording> responsesOnly(Predicate<Recording> fits) {
        return read("responses_only").stream().filter(fits);
    }

    private static List<Recording> read(String part) {
        Path folder = folder();
        assumeTrue(folder != null, "Skipped: the recordings are absent (system property gateway.recorded, or ../shared/recorded).");
        try (Stream<Path> files = Files.walk(folder.resolve(part))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().map(Recordings::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Recording read(Path file) {
        try {
            return Recording.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String given = System.getProperty("gateway.recorded");
        if (given != null) {
            return Files.isDirectory(Path.of(given)) ? Path.of(given) : null;
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared/recorded");
            if (Files.isDirectory(folder.resolve("exchanges"))) {
                return folder;
            }
        }
        return null;
    }
}
