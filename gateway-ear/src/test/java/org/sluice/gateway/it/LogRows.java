package org.sluice.gateway.it;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** The request log of a server, read the way a client reads it. */
final class LogRows {
    private static final int PAGE_SIZE = 500;
    private static final Duration VISIBLE = Duration.ofSeconds(20);
    private final ServerUnderTest server;

    LogRows(ServerUnderTest server) {
        this.server = server;
    }

    /** The row of this call; waits for it. A second is the promise, the rest is room for a busy machine. */
    JsonObject row(String id) {
        JsonObject[] found = new JsonObject[1];
        Await.until(VISIBLE, () -> "a row of call " + id, () -> {
            HttpResponse<String> answer = server.get("/api/request-logs/" + id + "/");
            if (answer.statusCode() == 200) {
                found[0] = JsonReader.readObject(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            return found[0] != null;
        });
        return found[0];
    }

    /** {@code count} of the list. */
    long count() throws Exception {
        return page(1, 1).number("count", -1);
    }

    /** How often each id stands in the list, over all its pages, newest first. */
    Map<String, Integer> all() throws Exception {
        Map<String, Integer> rows = new LinkedHashMap<>();
        for (int number = 1;; number++) {
            JsonObject page = page(number, PAGE_SIZE);
            for (JsonValue row : page.items("results")) {
                rows.merge(((JsonObject) row).text("unique_id"), 1, Integer::sum);
            }
            if (page.text("next") == null) {
                return rows;
            }
        }
    }

    /** Waits until the list holds all of these, at most a minute; answers the whole list, complete or not. */
    Map<String, Integer> holding(Set<String> ids) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            Await.until(Duration.ofSeconds(60), () -> ids.size() + " rows", () -> count() >= ids.size());
            Map<String, Integer> rows = all();
            if (rows.keySet().containsAll(ids) || System.nanoTime() - deadline > 0) {
                return rows;
            }
        }
    }

    static List<String> missing(Map<String, Integer> rows, Set<String> ids) {
        Set<String> missing = new HashSet<>(ids);
        missing.removeAll(rows.keySet());
        return new ArrayList<>(missing);
    }

    static List<String> doubled(Map<String, Integer> rows) {
        return rows.entrySet().stream().filter(row -> row.getValue() > 1).map(Map.Entry::getKey).toList();
    }

    private JsonObject page(int number, int size) throws Exception {
        HttpResponse<String> answer = server.get("/api/request-logs/list/?page=" + number + "&page_size=" + size);
        if (answer.statusCode() != 200) {
            throw new AssertionError("list: " + answer.statusCode() + " " + answer.body());
        }
        return JsonReader.readObject(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
