package org.sluice.gateway.bench.score;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the gateway as an OpenAI client does. */
final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(75);
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final String key;

    Client(int port, String key) {
        this.base = "http://127.0.0.1:" + port;
        this.key = key;
    }

    /** @param more members of the body, each with a comma in front */
    Seen ask(String model, boolean isStream, String more) {
        String body = "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],\"stream\":" + isStream + more + "}";
        long begin = System.nanoTime();
        try {
            HttpResponse<String> answer = http.send(request("/api/chat/completions").header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
            return new Seen(answer.statusCode(), answer.body(), millis(begin), answer.headers().firstValue("X-Respan-Log-Id").orElse(null));
        } catch (IOException broken) {
            return new Seen(0, String.valueOf(broken), millis(begin), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Forgets what the deployment's health has learned. */
    void reset(String deployment) {
        try {
            HttpResponse<String> answer = http.send(request("/api/deployments/" + deployment + "/reset/").POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the deployment was not reset: " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("the gateway does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The call's row, asked for until it is there; null when it does not come. */
    String row(String logId) {
        for (int i = 0; i < 100 && logId != null; i++) {
            try {
                HttpResponse<String> answer = http.send(request("/api/request-logs/" + logId + "/").GET().build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    return answer.body();
                }
                Thread.sleep(50);
            } catch (IOException e) {
                return null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return null;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + key).timeout(PATIENCE);
    }

    private static long millis(long beginNanos) {
        return (System.nanoTime() - beginNanos) / 1_000_000;
    }
}
