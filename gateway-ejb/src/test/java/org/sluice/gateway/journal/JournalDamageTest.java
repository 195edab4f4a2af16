package org.sluice.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.journal.JournalFixture.append;
import static org.sluice.gateway.journal.JournalFixture.numbers;
import static org.sluice.gateway.journal.JournalFixture.onlySegment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader makes of files that a crash or a bad disk left behind. */
class JournalDamageTest {
    @TempDir Path temp;

    @Test
    void a_tail_cut_at_any_byte_loses_only_what_was_cut() throws IOException {
        Path directory = temp.resolve("whole");
        long third;
        long fourth;
        try (Journal journal = Journal.open(JournalSettings.defaults(directory))) {
            append(journal, 1, "one");
            append(journal, 2, "two");
            third = append(journal, 3, "three").offset();
            fourth = append(journal, 4, "four").offset();
        }
        Path segment = onlySegment(directory);
        byte[] whole = Files.readAllBytes(segment);
        for (int length = (int) third; length <= whole.length; length++) {
            Path copy = temp.resolve("cut" + length);
            Files.createDirectories(copy);
            Files.write(copy.resolve(segment.getFileName()), Arrays.copyOf(whole, length));
            try (Journal journal = Journal.open(JournalSettings.defaults(copy))) {
                append(journal, 5, "five");
                List<Long> expected = length == whole.length ? List.of(1L, 2L, 3L, 4L, 5L)
                        : length >= fourth ? List.of(1L, 2L, 3L, 5L) : List.of(1L, 2L, 5L);
                assertThat(numbers(journal)).as("cut at %d", length).isEqualTo(expected);
            }
        }
    }

    @Test
    void a_flipped_bit_anywhere_costs_one_record() throws IOException {
        Path directory = temp.resolve("whole");
        try (Journal journal = Journal.open(JournalSettings.defaults(directory))) {
            for (int i = 1; i <= 4; i++) {
                append(journal, i, "text of record " + i);
            }
        }
        Path segment = onlySegment(directory);
        byte[] whole = Files.readAllBytes(segment);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            Path copy = temp.resolve("flip" + at);
            Files.createDirectories(copy);
            Files.write(copy.resolve(segment.getFileName()), flipped);
            try (Journal journal = Journal.open(JournalSettings.defaults(copy))) {
                int lost = at < SegmentWriter.HEADER_BYTES ? 0 : 1;
                assertThat(numbers(journal)).as("flipped at %d", at).hasSize(4 - lost).isSorted();
                assertThat(journal.statistics().damaged()).isEqualTo(lost);
            }
        }
    }

    @Test
    void a_damaged_stretch_across_a_read_window_is_skipped() throws IOException {
        Path directory = temp.resolve("large");
        long from;
        long to;
        try (Journal journal = Journal.open(JournalSettings.defaults(directory))) {
            append(journal, 1, "x".repeat(200_000));
            from = append(journal, 2, "y".repeat(400_000)).offset();
            to = append(journal, 3, "z".repeat(300_000)).offset();
            append(journal, 4, "end");
        }
        byte[] bytes = Files.readAllBytes(onlySegment(directory));
        byte[] garbage = new byte[(int) (to - from)];
        new Random(7).nextBytes(garbage);
        System.arraycopy(garbage, 0, bytes, (int) from, garbage.length);
        Files.write(onlySegment(directory), bytes);
        try (Journal journal = Journal.open(JournalSettings.defaults(directory))) {
            assertThat(numbers(journal)).containsExactly(1L, 3L, 4L);
        }
    }

    @Test
    void a_record_inside_a_payload_never_passes_for_one() throws IOException {
        byte[] forged;
        try (Journal journal = Journal.open(JournalSettings.defaults(temp.resolve("other")))) {
            append(journal, 666, "forged");
        }
        byte[] other = Files.readAllBytes(onlySegment(temp.resolve("other")));
        forged = Arrays.copyOfRange(other, SegmentWriter.HEADER_BYTES, other.length);
        Path directory = temp.resolve("mine");
        long at;
        try (Journal journal = Journal.open(JournalSettings.defaults(directory))) {
            at = journal.append(journal.buffer().begin(RecordType.END, new java.util.UUID(1, 1)).bytes(3, org.sluice.gateway.dialect.Slice.of(forged))).offset();
            append(journal, 2, "good");
        }
        byte[] bytes = Files.readAllBytes(onlySegment(directory));
        bytes[(int) at] ^= 1;
        Files.write(onlySegment(directory), bytes);
        try (Journal journal = Journal.open(JournalSettings.defaults(directory))) {
            assertThat(numbers(journal)).containsExactly(2L);
        }
    }
}
