package org.sluice.gateway.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Small words for journal tests. */
final class JournalFixture {
    private JournalFixture() { }

    static Position append(Journal journal, int number, String text) {
        return journal.append(journal.buffer().begin(RecordType.END, new UUID(1, number)).number(1, number).text(2, text));
    }

    /** Appends records 1..count of about 300 bytes. */
    static void fill(Journal journal, int count) {
        for (int i = 1; i <= count; i++) {
            append(journal, i, "record " + i + " ".repeat(250));
        }
    }

    static List<Long> numbers(Journal journal) throws IOException {
        return numbers(journal, Position.BEGIN);
    }

    static List<Long> numbers(Journal journal, Position from) throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (JournalReader reader = journal.reader(from)) {
            for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
                numbers.add(record.id().getLeastSignificantBits());
            }
        }
        return numbers;
    }

    static String text(JournalRecord record) {
        FieldReader fields = new FieldReader(record.payload());
        while (fields.next()) {
            if (fields.tag() == 2) {
                return fields.text();
            }
        }
        return null;
    }

    static Path onlySegment(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".journal")).sorted().findFirst().orElseThrow();
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
