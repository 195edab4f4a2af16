package org.sluice.gateway.log;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.sluice.gateway.journal.JournalRecord;
import org.sluice.gateway.journal.Position;

/** Calls whose START was read and whose END was not yet, oldest first. Belongs to the drainer's thread. */
final class OpenCalls {
    /** No call lives so long: its END was lost. */
    static final Duration LIMIT = Duration.ofHours(2);

    record Started(UUID id, Position at, byte[] payload, Instant seenAt) {}

    private final LinkedHashMap<UUID, Started> calls = new LinkedHashMap<>();

    void started(JournalRecord record, Instant now) {
        calls.putIfAbsent(record.id(), new Started(record.id(), record.at(), record.payload(), now));
    }

    void ended(UUID id) {
        calls.remove(id);
    }

    /** Takes out all that began before {@code end}. */
    List<Started> takeBefore(Position end) {
        List<Started> taken = new ArrayList<>();
        calls.values().removeIf(call -> call.at().isBefore(end) && taken.add(call));
        return taken;
    }

    /** Takes out those that are older than the limit. */
    List<Started> takeOverdue(Instant now) {
        List<Started> taken = new ArrayList<>();
        while (!calls.isEmpty()) {
            Started oldest = calls.values().iterator().next();
            if (oldest.seenAt().plus(LIMIT).isAfter(now)) {
                break;
            }
            calls.remove(oldest.id());
            taken.add(oldest);
        }
        return taken;
    }

    /** Where the oldest begins, {@code otherwise} when there is none. */
    Position oldest(Position otherwise) {
        return calls.isEmpty() ? otherwise : calls.values().iterator().next().at();
    }

    int size() {
        return calls.size();
    }

    void clear() {
        calls.clear();
    }
}
