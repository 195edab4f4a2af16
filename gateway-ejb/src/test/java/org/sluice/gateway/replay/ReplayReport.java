package org.sluice.gateway.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sluice.gateway.recorded.Recording;

/** Provider by endpoint: how many of its recordings were told to each client as they are. */
final class ReplayReport {
    /** Told and expected. */
    record Score(int passed, int total) {
        Score plus(Score other) {
            return new Score(passed + other.passed, total + other.total);
        }

        @Override
        public String toString() {
            return passed + "/" + total;
        }
    }

    private final SortedMap<String, SortedMap<String, Score>> scores = new TreeMap<>();
    private final Map<KnownLoss, SortedSet<String>> losses = new HashMap<>();
    private final SortedMap<String, String> leftOut = new TreeMap<>();

    synchronized void count(Recording recording, String client, boolean isPassed) {
        scores.computeIfAbsent(recording.provider() + " | " + recording.endpoint(), unused -> new TreeMap<>()).merge(client, new Score(isPassed ? 1 : 0, 1), Score::plus);
    }

    synchronized void leaveOut(Recording recording, String reason) {
        leftOut.merge(recording.provider() + " | " + recording.endpoint() + " | " + reason, recording.id(), (before, more) -> before + ", " + more);
    }

    synchronized void lose(KnownLoss loss, Recording recording) {
        losses.computeIfAbsent(loss, unused -> new TreeSet<>()).add(recording.id());
    }

    synchronized Set<KnownLoss> losses() {
        return Set.copyOf(losses.keySet());
    }

    synchronized Score total() {
        return scores.values().stream().flatMap(row -> row.values().stream()).reduce(new Score(0, 0), Score::plus);
    }

    synchronized void write(Path file) throws IOException {
        SortedMap<String, Score> clients = new TreeMap<>();
        scores.values().forEach(row -> row.forEach((client, score) -> clients.merge(client, score, Score::plus)));
        StringBuilder text = new StringBuilder("# Recorded answers, told to clients of every dialect\n\n| provider | endpoint |");
        clients.keySet().forEach(client -> text.append(' ').append(client).append(" |"));
        text.append("\n|---|---|").append("---|".repeat(clients.size())).append('\n');
        scores.forEach((name, row) -> {
            text.append("| ").append(name).append(" |");
            clients.keySet().forEach(client -> text.append(' ').append(row.getOrDefault(client, new Score(0, 0))).append(" |"));
            text.append('\n');
        });
        text.append("| **all** | |");
        clients.values().forEach(score -> text.append(" **").append(score).append("** |"));
        text.append("\n\n## Lost so far\n\n| from | to | what | why | recordings |\n|---|---|---|---|---|\n");
        losses.forEach((loss, ids) -> text.append("| ").append(loss.from()).append(" | ").append(loss.to()).append(" | ").append(loss.aspect()).append(" | ").append(loss.why())
                .append(" | ").append(String.join(", ", ids)).append(" |\n"));
        text.append("\n## Left out\n\n| provider | endpoint | why | recordings |\n|---|---|---|---|\n");
        for (Map.Entry<String, String> row : leftOut.entrySet()) {
            text.append("| ").append(row.getKey()).append(" | ").append(row.getValue()).append(" |\n");
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
