package org.sluice.gateway.health;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * What outlives the process, as JSON: {@code {"deployments":[{"id","drained","weight"}],"credentials":[{"provider",
 * "credential","status","since"}]}}. It holds no secret. Written as a whole, then renamed.
 */
final class HealthFile {
    /** @param settings by the name they were made for; @param marks of stored credentials */
    record Kept(Map<String, OperatorSetting> settings, Map<CredentialKey, CredentialMark.Mark> marks) {}

    /** A credential at a provider. */
    record CredentialKey(String provider, String credential) {}

    private final Path file;

    HealthFile(Path file) {
        this.file = file;
    }

    /** Nothing when there is no file. @throws IOException when it cannot be read or is not ours */
    Kept read() throws IOException {
        Map<String, OperatorSetting> settings = new LinkedHashMap<>();
        Map<CredentialKey, CredentialMark.Mark> marks = new LinkedHashMap<>();
        if (Files.exists(file)) {
            try {
                JsonObject root = JsonReader.readObject(Files.readAllBytes(file));
                root.items("deployments").forEach(item -> readSetting((JsonObject) item, settings));
                root.items("credentials").forEach(item -> readMark((JsonObject) item, marks));
            } catch (RuntimeException wrong) {
                throw new IOException("not a file of this kind", wrong);
            }
        }
        return new Kept(settings, marks);
    }

    private static void readSetting(JsonObject item, Map<String, OperatorSetting> settings) {
        double weight = item.present("weight") instanceof JsonValue.JsonNumber number ? number.decimal().doubleValue() : 0;
        settings.put(item.text("id"), new OperatorSetting(item.isTrue("drained"), weight));
    }

    private static void readMark(JsonObject item, Map<CredentialKey, CredentialMark.Mark> marks) {
        marks.put(new CredentialKey(item.text("provider"), item.text("credential")),
                new CredentialMark.Mark((int) item.number("status", 401), Instant.parse(item.text("since"))));
    }

    void write(Kept kept) throws IOException {
        JsonWriter json = new JsonWriter().beginObject().name("deployments").beginArray();
        kept.settings().forEach((id, setting) -> {
            json.beginObject().name("id").value(id).name("drained").value(setting.isDrained());
            if (setting.weight() > 0) {
                json.name("weight").literal(BigDecimal.valueOf(setting.weight()).toPlainString());
            }
            json.endObject();
        });
        json.endArray().name("credentials").beginArray();
        kept.marks().forEach((key, mark) -> json.beginObject().name("provider").value(key.provider()).name("credential").value(key.credential())
                .name("status").value(mark.status()).name("since").value(mark.since().toString()).endObject());
        byte[] bytes = json.endArray().endObject().toBytes();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.write(whole, bytes);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
