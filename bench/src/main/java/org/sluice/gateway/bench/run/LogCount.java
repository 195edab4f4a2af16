package org.sluice.gateway.bench.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares the rows of the request log with the calls that were acknowledged so far. */
final class LogCount {
    private static final Pattern COUNT = Pattern.compile("^\\{\"count\":(\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final Gateway gateway;
    private final Instant begin = Instant.now().minusSeconds(60);
    private long acknowledged;
    private long failed;

    LogCount(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Calls that must have a row, and calls that may have one. */
    void add(long answered, long others) {
        acknowledged += answered;
        failed += others;
    }

    /**
     * Waits until there are as many rows as calls, while the number grows. Fewer or more is returned, not thrown.
     *
     * @return rows less acknowledged calls; 0 when all is well
     */
    long difference() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long rows = rows();
        while (rows < acknowledged && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            rows = rows();
        }
        return rows > acknowledged && rows <= acknowledged + failed ? 0 : rows - acknowledged;
    }

    /**
     * Makes one more call and waits for its row. Rows come in the order of the calls' ends, so those of earlier calls are
     * there then; looking for one row costs the gateway next to nothing, unlike counting all.
     */
    void settle() {
        HttpResponse<String> call = send(request("/api/chat/completions").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"last\"}]}")));
        if (call.statusCode() != 200) {
            throw new IllegalStateException("the gateway answers " + call.statusCode() + " " + call.body());
        }
        acknowledged++;
        String id = call.headers().firstValue("X-Respan-Log-Id").orElseThrow();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (send(request("/api/request-logs/" + id + "/")).statusCode() != 200) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("call " + id + " has no row after " + PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    long acknowledged() {
        return acknowledged;
    }

    private long rows() {
        HttpResponse<String> answer = send(request("/api/request-logs/list/?page_size=1&start_time=" + begin));
        Matcher count = COUNT.matcher(answer.body());
        if (answer.statusCode() != 200 || !count.find()) {
            throw new IllegalStateException("the request log answers " + answer.statusCode() + " " + answer.body());
        }
        return Long.parseLong(count.group(1));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path)).header("Authorization", "Bearer " + Gateway.KEY)
                .timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("the gateway does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
