package org.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules on source files that byte code cannot tell. */
class SourceTreeTest {
    private static final int HARD_LIMIT = 400;

    private static List<Path> mainSources() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(root, 20)) {
            return files.filter(file -> file.toString().endsWith(".java") && file.toString().contains("/src/main/java/")).toList();
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void no_file_is_longer_than_the_hard_limit() throws IOException {
        assertThat(mainSources()).isNotEmpty().allSatisfy(file -> assertThat(lines(file)).as(file.toString()).isLessThanOrEqualTo(HARD_LIMIT));
    }

    @Test
    void every_package_has_its_contract() throws IOException {
        assertThat(mainSources().stream().map(Path::getParent).distinct())
                .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
}
