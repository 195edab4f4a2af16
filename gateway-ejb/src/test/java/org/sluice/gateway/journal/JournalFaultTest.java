package org.sluice.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sluice.gateway.journal.JournalFixture.append;
import static org.sluice.gateway.journal.JournalFixture.fill;
import static org.sluice.gateway.journal.JournalFixture.numbers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Disks that are full, broken or gone. */
class JournalFaultTest {
    @TempDir Path temp;

    @Test
    void a_full_disk_refuses_the_call_and_keeps_what_was_taken() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (Journal journal = Journal.open(JournalSettings.defaults(temp), disk)) {
            fill(journal, 3);
            disk.roomBytes = 100;
            assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> append(journal, 4, "x".repeat(500)))
                    .satisfies(e -> assertThat(e.type()).isEqualTo(ErrorType.OVERLOADED));
            assertThat(journal.statistics().isWritable()).isFalse();
            assertThat(numbers(journal)).containsExactly(1L, 2L, 3L);
            disk.roomBytes = Long.MAX_VALUE;
            append(journal, 5, "room again");
            assertThat(journal.statistics().isWritable()).isTrue();
            assertThat(numbers(journal)).containsExactly(1L, 2L, 3L, 5L);
        }
    }

    @Test
    void a_full_disk_at_the_turn_of_a_segment_leaves_no_files_behind() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (Journal journal = Journal.open(JournalSettings.defaults(temp).withSegmentBytes(500), disk)) {
            fill(journal, 2);
            disk.roomBytes = 0;
            for (int i = 0; i < 5; i++) {
                assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> append(journal, 9, "x"));
            }
            try (Stream<Path> files = Files.list(temp)) {
                assertThat(files.filter(file -> file.toString().endsWith(".journal"))).hasSize(1);
            }
            disk.roomBytes = Long.MAX_VALUE;
            append(journal, 3, "x");
            assertThat(numbers(journal)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void what_a_failed_sync_may_have_lost_is_written_anew() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (Journal journal = Journal.open(JournalSettings.defaults(temp), disk)) {
            disk.failingForces = 1;
            fill(journal, 3);
            journal.sync();
            journal.sync();
            append(journal, 4, "after");
            assertThat(journal.statistics().isWritable()).isTrue();
            assertThat(numbers(journal)).contains(1L, 2L, 3L, 4L);
            assertThat(numbers(journal, new Position(journal.end().segment(), 0))).contains(4L);
        }
    }

    @Test
    void a_disk_that_fails_twice_refuses_and_comes_back() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (Journal journal = Journal.open(JournalSettings.defaults(temp), disk)) {
            fill(journal, 2);
            disk.failingForces = Integer.MAX_VALUE;
            append(journal, 3, "x");
            journal.sync();
            assertThat(journal.statistics().isWritable()).isFalse();
            assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> append(journal, 4, "x"));
            disk.failingForces = 0;
            journal.watch();
            append(journal, 5, "x");
            assertThat(numbers(journal)).contains(1L, 2L, 3L, 5L).doesNotContain(4L);
        }
    }

    @Test
    void a_slow_disk_does_not_hold_up_records() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        disk.forceGate = new CountDownLatch(1);
        try (Journal journal = Journal.open(JournalSettings.defaults(temp).withSegmentBytes(2_000), disk)) {
            fill(journal, 1);
            while (journal.statistics().unsyncedMillis() == 0) {
                Thread.onSpinWait();
            }
            fill(journal, 100);
            assertThat(journal.isDirty()).isTrue();
            assertThat(numbers(journal)).hasSize(101);
            disk.forceGate.countDown();
            journal.sync();
            assertThat(journal.isDirty()).isFalse();
        }
    }

    @Test
    void a_removed_directory_is_noticed_and_so_is_its_return() throws IOException {
        Path directory = temp.resolve("journal");
        Path moved = temp.resolve("moved");
        try (Journal journal = Journal.open(JournalSettings.defaults(directory))) {
            append(journal, 1, "x");
            Files.move(directory, moved);
            journal.watch();
            assertThat(journal.statistics().isWritable()).isFalse();
            assertThat(journal.statistics().lastError()).isEqualTo("DirectoryGone");
            assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> append(journal, 2, "x"));
            Files.createDirectory(directory);
            journal.watch();
            append(journal, 3, "x");
            assertThat(journal.statistics().isWritable()).isTrue();
            assertThat(numbers(journal)).containsExactly(3L);
            assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> Journal.open(JournalSettings.defaults(directory)));
        }
    }
}
