package org.sluice.gateway.log;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.sluice.gateway.journal.JournalSettings;

/**
 * @param batchRows rows in one transaction at most
 * @param pollInterval how often the drainer looks when it has caught up
 * @param contentMaxBytes of a request, and of an answer, that are kept
 */
public record LogSettings(JournalSettings journal, int batchRows, Duration pollInterval, int contentMaxBytes) {
    public LogSettings {
        Objects.requireNonNull(journal, "journal is null");
    }

    public static LogSettings defaults(Path dataDirectory) {
        return new LogSettings(JournalSettings.defaults(dataDirectory.resolve("journal")), 500, Duration.ofMillis(20), 1024 * 1024);
    }
}
