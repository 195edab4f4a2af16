package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** A recorded exchange with a provider, as the folder of recordings holds it. */
record RecordedExchange(String id, String provider, String endpoint, String model, byte[] request, int status, String contentType,
        byte[] response, boolean isStream) {
    @Override
    public String toString() {
        return id;
    }

    /** @return every exchange; none, with the tests skipped and told why, when the recordings are not there */
    static Stream<RecordedExchange> all() {
        Path folder = folder();
        assumeTrue(folder != null, "The recordings are not here (../shared/recorded or -Dgateway.recorded=...): replay is skipped.");
        try (Stream<Path> files = Files.walk(folder.resolve("exchanges"))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().map(RecordedExchange::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String given = System.getProperty("gateway.recorded");
        if (given != null) {
            return Files.isDirectory(Path.of(given)) ? Path.of(given) : null;
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/recorded"))) {
                return at.resolve("shared/recorded");
            }
        }
        return null;
    }

    private static RecordedExchange read(Path file) {
        try {
            JsonObject json = JsonReader.readObject(Files.readAllBytes(file));
            JsonObject request = json.object("request");
            JsonObject response = json.object("response");
            String type = response.object("headers") == null ? null : response.object("headers").text("content-type");
            return new RecordedExchange(json.text("id"), json.text("provider"), json.text("endpoint"), json.text("model"), body(request),
                    (int) response.number("status", 0), type == null ? "application/json" : type, body(response), response.isTrue("is_stream"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] body(JsonObject side) {
        if (side == null || side.present("body") == null) {
            return new byte[0];
        }
        if (side.text("body") == null) {
            return side.get("body").raw().text().getBytes(UTF_8);
        }
        return "base64".equals(side.text("body_encoding")) ? Base64.getDecoder().decode(side.text("body")) : side.text("body").getBytes(UTF_8);
    }
}
