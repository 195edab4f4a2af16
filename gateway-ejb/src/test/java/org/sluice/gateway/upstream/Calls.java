package org.sluice.gateway.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.UpstreamLimits;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;

/** Requests and expectations the tests of this package share. */
final class Calls {
    static final UpstreamLimits PATIENT = limits(20_000, 30_000, 30_000, 60_000);

    private Calls() { }

    static HttpUpstream client() {
        return client(UpstreamSettings.defaults());
    }

    static HttpUpstream client(UpstreamSettings settings) {
        return new HttpUpstream(settings, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    static UpstreamLimits limits(long connectMillis, long firstByteMillis, long idleMillis, long totalMillis) {
        return new UpstreamLimits(Duration.ofMillis(connectMillis), Duration.ofMillis(firstByteMillis),
                Duration.ofMillis(idleMillis), Duration.ofMillis(totalMillis));
    }

    static UpstreamRequest whole(URI uri) {
        return whole(uri, PATIENT);
    }

    static UpstreamRequest whole(URI uri, UpstreamLimits limits) {
        return new UpstreamRequest(uri, Map.of("Authorization", "Bearer k", "Content-Type", "application/json"),
                new Body(List.of(Slice.utf8("{\"a\""), Slice.utf8(":1}"))), false, limits);
    }

    static UpstreamRequest stream(URI uri) {
        return stream(uri, PATIENT);
    }

    static UpstreamRequest stream(URI uri, UpstreamLimits limits) {
        return new UpstreamRequest(uri, Map.of("Accept", "text/event-stream"), Body.of("{}".getBytes(UTF_8)), true, limits);
    }

    static UpstreamRequest withBody(URI uri, byte[] body) {
        return new UpstreamRequest(uri, Map.of(), Body.of(body), false, PATIENT);
    }

    /** Sends, reads to the end, closes. */
    static String text(HttpUpstream client, UpstreamRequest request) {
        try (UpstreamResponse response = client.send(request)) {
            return new String(readAll(response), UTF_8);
        }
    }

    static byte[] readAll(UpstreamResponse response) {
        try {
            return response.body().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a script: keeps the connection open and says nothing. */
    static void never() throws InterruptedException {
        new CountDownLatch(1).await(30, TimeUnit.SECONDS);
    }

    /** What sending or reading fails with. */
    static UpstreamException failure(Callable<?> call) {
        try {
            Object result = call.call();
            throw new AssertionError("expected a failure, got " + result);
        } catch (UpstreamException e) {
            return e;
        } catch (GatewayException e) {
            throw new AssertionError("not an upstream failure: " + e, e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static UpstreamException failure(HttpUpstream client, UpstreamRequest request) {
        return failure(() -> text(client, request));
    }

    /** Waits for something another thread does; five seconds. */
    static void eventually(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + 5_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("did not happen within 5 s");
            }
            Thread.sleep(2);
        }
    }

    static long millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }
}
