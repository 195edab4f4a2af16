package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** A customer's program that manages what the organization has stored. */
record ManagementClient(ServerUnderTest server, String key) {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param body null for none */
    HttpResponse<String> send(String method, String path, String body) throws Exception {
        return HTTP.send(request(method, path, body), HttpResponse.BodyHandlers.ofString());
    }

    /** The same without waiting for the answer. */
    CompletableFuture<HttpResponse<String>> later(String method, String path, String body) {
        return HTTP.sendAsync(request(method, path, body), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, String body) {
        HttpRequest.BodyPublisher content = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).timeout(Duration.ofSeconds(60)).header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json").method(method, content).build();
    }

    /** The object that is answered with this status. */
    JsonObject asked(int status, String method, String path, String body) throws Exception {
        HttpResponse<String> answer = send(method, path, body);
        assertThat(answer.statusCode()).as(method + " " + path + ": " + answer.body()).isEqualTo(status);
        return status == 204 ? null : JsonReader.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    /** The same of a failure, whose shape is checked; answers its message. */
    String refused(int status, String method, String path, String body) throws Exception {
        JsonObject answer = asked(status, method, path, body);
        String message = answer.object("error").text("message");
        assertThat(answer.text("detail")).isEqualTo(message);
        return message;
    }
}
