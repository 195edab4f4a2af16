import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/**
 * Waits for {@code GET /api/health-check/} = 200. An application without that path counts as ready once
 * {@code /health/ready} is 200 and names a check: a server without any application answers 200 and names none.
 */
final class Readiness {
    private final Options options;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();

    Readiness(Options options) {
        this.options = options;
    }

    /** Fails with IllegalStateException when the process ends first or time runs out. */
    void await(ProcessHandle process) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(options.timeoutSeconds());
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended before it answered");
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("no answer to GET /api/health-check/ within " + options.timeoutSeconds() + " s");
            }
            Thread.sleep(200);
        }
    }

    private boolean isReady() throws InterruptedException {
        HttpResponse<String> check = get("/api/health-check/");
        if (check == null || check.statusCode() != 404) {
            return check != null && check.statusCode() == 200;
        }
        HttpResponse<String> ready = get("/health/ready");
        return ready != null && ready.statusCode() == 200 && ready.body().contains("\"name\"");
    }

    private HttpResponse<String> get(String path) throws InterruptedException {
        String host = options.host().equals("0.0.0.0") ? "127.0.0.1" : options.host();
        try {
            return client.send(HttpRequest.newBuilder(URI.create("http://" + host + ":" + options.port() + path)).timeout(Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException notYet) {
            return null;
        }
    }
}
