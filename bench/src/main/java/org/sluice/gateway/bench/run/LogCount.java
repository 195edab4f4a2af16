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

    long acknowledged() {
        return acknowledged;
    }

    private long rows() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/api/request-logs/list/?page_size=1&start_time=" + begin))
                    .header("Authorization", "Bearer " + Gateway.KEY).timeout(Duration.ofSeconds(60)).build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            Matcher count = COUNT.matcher(answer.body());
            if (answer.statusCode() != 200 || !count.find()) {
                throw new IllegalStateException("the request log answers " + answer.statusCode() + " " + answer.body());
            }
            return Long.parseLong(count.group(1));
        } catch (IOException e) {
            throw new IllegalStateException("the request log does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
