package org.sluice.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.sluice.gateway.journal.JournalFixture.append;
import static org.sluice.gateway.journal.JournalFixture.fill;
import static org.sluice.gateway.journal.JournalFixture.numbers;
import static org.sluice.gateway.journal.JournalFixture.onlySegment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class JournalTest {
    @TempDir Path temp;

    @Test
    void records_come_back_in_order_with_their_fields() throws IOException {
        try (Journal journal = Journal.open(settings())) {
            UUID id = new UUID(0x0123456789abcdefL, 42);
            journal.append(journal.buffer().begin(RecordType.START, id).number(1, -7).text(2, "\u00e4\u20ac\ud83d\ude00 \ud800").flag(3, true)
                    .text(4, null).bytes(5, new Slice(new byte[] {9, 8, 7}, 1, 3)));
            JournalRecord record = journal.reader(Position.BEGIN).next();

            assertThat(record.type()).isEqualTo(RecordType.START);
            assertThat(record.id()).isEqualTo(id);
            FieldReader fields = new FieldReader(record.payload());
            assertThat(fields.next()).isTrue();
            assertThat(fields.number()).isEqualTo(-7);
            fields.next();
            assertThat(fields.text()).isEqualTo("\u00e4\u20ac\ud83d\ude00 \ufffd");
            fields.next();
            assertThat(fields.flag()).isTrue();
            fields.next();
            assertThat(fields.tag()).isEqualTo(5);
            assertThat(fields.bytes()).containsExactly(8, 7);
            assertThat(fields.next()).isFalse();
        }
    }

    @Test
    void a_reader_goes_on_where_the_writer_goes_on_and_over_segments() throws IOException {
        try (Journal journal = Journal.open(settings().withSegmentBytes(2_000)); JournalReader reader = journal.reader(Position.BEGIN)) {
            List<Long> seen = new ArrayList<>();
            for (int i = 1; i <= 50; i++) {
                append(journal, i, "x".repeat(i * 13 % 700));
                for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
                    seen.add(record.id().getLeastSignificantBits());
                }
            }
            assertThat(seen).isEqualTo(upTo(50));
            assertThat(reader.position()).isEqualTo(journal.end());
            assertThat(journal.statistics().segments()).isGreaterThan(4);
        }
    }

    @Test
    void a_new_run_begins_a_new_segment_and_keeps_the_node() throws IOException {
        String node;
        try (Journal journal = Journal.open(settings())) {
            fill(journal, 3);
            node = journal.node();
        }
        try (Journal journal = Journal.open(settings())) {
            assertThat(journal.node()).isEqualTo(node);
            append(journal, 4, "later");
            assertThat(numbers(journal)).isEqualTo(upTo(4));
            assertThat(numbers(journal, journal.firstOfRun())).containsExactly(4L);
        }
    }

    @Test
    void a_record_larger_than_every_buffer_is_kept() throws IOException {
        try (Journal journal = Journal.open(settings())) {
            String large = "0123456789".repeat(200_000);
            append(journal, 1, large);
            append(journal, 2, "after");
            try (JournalReader reader = journal.reader(Position.BEGIN)) {
                assertThat(JournalFixture.text(reader.next())).isEqualTo(large);
                assertThat(JournalFixture.text(reader.next())).isEqualTo("after");
            }
        }
    }

    @Test
    void content_is_cut_at_the_limit_and_says_so() throws IOException {
        try (Journal journal = Journal.open(settings())) {
            List<Slice> slices = List.of(Slice.utf8("hello "), Slice.utf8("world"));
            JournalBuffer buffer = journal.buffer().begin(RecordType.END, new UUID(0, 1));
            assertThat(buffer.bytes(1, slices, 11)).isTrue();
            assertThat(buffer.bytes(2, slices, 8)).isFalse();
            journal.append(buffer);
            FieldReader fields = new FieldReader(journal.reader(Position.BEGIN).next().payload());
            fields.next();
            assertThat(fields.text()).isEqualTo("hello world");
            fields.next();
            assertThat(fields.text()).isEqualTo("hello wo");
        }
    }

    @Test
    void only_the_owner_can_read_the_files() throws IOException {
        Path directory = temp.resolve("journal");
        try (Journal journal = Journal.open(JournalSettings.defaults(directory))) {
            append(journal, 1, "x");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onlySegment(directory)))).isEqualTo("rw-------");
        }
    }

    @Test
    void an_encrypted_journal_hides_its_text_and_needs_the_key() throws IOException {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        Position end;
        try (Journal journal = Journal.open(settings().withEncryptionKey(key))) {
            append(journal, 1, "a very private prompt");
            append(journal, 2, "");
            end = journal.end();
            assertThat(numbers(journal)).isEqualTo(upTo(2));
            assertThat(JournalFixture.text(journal.reader(Position.BEGIN).next())).isEqualTo("a very private prompt");
        }
        assertThat(Files.readString(onlySegment(temp), StandardCharsets.ISO_8859_1)).doesNotContain("private");
        try (Journal journal = Journal.open(settings().withEncryptionKey(key))) {
            assertThat(numbers(journal)).isEqualTo(upTo(2));
        }
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        try (Journal journal = Journal.open(settings().withEncryptionKey(Base64.getEncoder().encodeToString(otherKey)))) {
            assertThat(numbers(journal)).isEmpty();
            assertThat(journal.statistics().damaged()).isEqualTo(2);
        }
        assertThat(end.offset()).isPositive();
    }

    @Test
    void a_second_instance_is_refused() {
        try (Journal journal = Journal.open(settings())) {
            append(journal, 1, "x");
            assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> Journal.open(settings()))
                    .withMessageContaining("Another instance");
        }
        Journal.open(settings()).close();
    }

    @Test
    void group_sync_returns_after_the_disk_has_it() {
        try (Journal journal = Journal.open(settings().withGroupSync())) {
            fill(journal, 20);
            assertThat(journal.isDirty()).isFalse();
        }
    }

    @Test
    void an_interrupted_thread_writes_and_stays_interrupted() throws Exception {
        try (Journal journal = Journal.open(settings())) {
            List<Boolean> interrupted = new ArrayList<>();
            Thread thread = new Thread(() -> {
                for (int i = 1; i <= 2_000; i++) {
                    Thread.currentThread().interrupt();
                    append(journal, i, "x");
                    interrupted.add(Thread.interrupted());
                }
            });
            thread.start();
            while (thread.isAlive()) {
                thread.interrupt();
                Thread.onSpinWait();
            }
            assertThat(interrupted).hasSize(2_000).doesNotContain(false);
            append(journal, 2_001, "y");
            assertThat(numbers(journal)).isEqualTo(upTo(2_001));
        }
    }

    @Test
    void a_full_backlog_refuses_until_it_is_drained() {
        try (Journal journal = Journal.open(settings().withBacklogMaxBytes(1_000))) {
            fill(journal, 3);
            assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> fill(journal, 1))
                    .satisfies(e -> assertThat(e.type()).isEqualTo(ErrorType.OVERLOADED));
            assertThat(journal.statistics().isWritable()).isFalse();
            assertThat(journal.statistics().refused()).isEqualTo(1);
            journal.applied(journal.end(), journal.end());
            fill(journal, 1);
            assertThat(journal.statistics().isWritable()).isTrue();
        }
    }

    @Test
    void the_backlog_counts_what_is_not_applied_over_segments() {
        try (Journal journal = Journal.open(settings().withSegmentBytes(1_000))) {
            fill(journal, 20);
            long all = journal.statistics().backlogBytes();
            assertThat(all).isGreaterThan(20 * 250);
            journal.applied(journal.end(), journal.end());
            assertThat(journal.statistics().backlogBytes()).isZero();
            assertThat(journal.statistics().backlogAgeMillis()).isZero();
        }
    }

    @Test
    void only_applied_segments_are_deleted() throws IOException {
        JournalSettings settings = settings().withSegmentBytes(1_000).withRetention(Duration.ofHours(24), 0);
        SegmentFiles files = new SegmentFiles(temp, "n");
        try (Journal journal = Journal.open(new JournalSettings(temp, "n", 1_000, settings.syncInterval(), false, 0, Duration.ofHours(24), 0, null))) {
            fill(journal, 30);
            var before = files.list();
            JournalRetention retention = new JournalRetention(files, settings, before, journal.end());
            retention.deleteOld(journal.end());
            assertThat(files.list()).hasSameSizeAs(before);
            Position needed = new Position(before.firstKey() + 2, 0);
            retention.applied(journal.end(), needed, journal.end());
            retention.deleteOld(journal.end());
            assertThat(files.list().firstKey()).isEqualTo(needed.segment());
            assertThat(numbers(journal)).isNotEmpty().endsWith(30L).doesNotContain(1L);
        }
    }

    private JournalSettings settings() {
        return JournalSettings.defaults(temp);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
