package org.sluice.gateway.ingress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.ingress.PartScanner.Part;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonWriter;

/**
 * A form with files that goes to a provider while it arrives. The model must be known before anything is sent: parts are read
 * until it is. Fields are held in memory, a file that stands before the model in a {@link Spool}. From then on the rest
 * passes part by part, the gateway's own fields left out wherever they stand; only those before the model are heeded.
 */
final class FormReader implements AutoCloseable {
    private static final int LONGEST_FIELD = 256 * 1024;
    private static final int MOST_FIELDS_BYTES = 1024 * 1024;
    private static final int MOST_PARTS = 256;
    private static final String MODEL = "model";

    /** A part that was read already: its value, or its file. */
    record Held(Part part, byte[] value, Spool file) {}

    private final PartScanner parts;
    private final long mostSpooled;
    private final List<Held> held = new ArrayList<>();
    private Part current;
    private boolean isWhole;

    /** @param mostSpooled bytes of files that may stand before the model */
    FormReader(InputStream body, String boundary, long mostSpooled) {
        this.parts = new PartScanner(body, boundary);
        this.mostSpooled = mostSpooled;
    }

    /** Reads up to the first file behind the model, or to the end. */
    void readHead() throws IOException {
        int bytes = 0;
        long spooled = 0;
        while (held.size() < MOST_PARTS) {
            current = parts.next();
            if (current == null) {
                isWhole = true;
                return;
            }
            if (!current.isFile()) {
                byte[] value = value();
                bytes += value.length;
                if (bytes > MOST_FIELDS_BYTES) {
                    throw new GatewayException(ErrorType.TOO_LARGE, "The fields of the form are larger than " + MOST_FIELDS_BYTES + " bytes.");
                }
                held.add(new Held(current, value, null));
            } else if (find(MODEL) != null) {
                return;
            } else {
                Spool file = new Spool(mostSpooled - spooled);
                held.add(new Held(current, null, file));
                spool(file);
                spooled += file.length();
            }
        }
        throw new GatewayException(ErrorType.INVALID_VALUE, "The form holds more than " + MOST_PARTS + " parts.");
    }

    private void spool(Spool file) throws IOException {
        byte[] piece = new byte[16 * 1024];
        for (int read = parts.readBody(piece, 0, piece.length); read >= 0; read = parts.readBody(piece, 0, piece.length)) {
            file.write(piece, 0, read);
        }
    }

    /** The content of a field. */
    private byte[] value() throws IOException {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        for (int read = parts.readBody(piece, 0, piece.length); read >= 0; read = parts.readBody(piece, 0, piece.length)) {
            value.write(piece, 0, read);
            if (value.size() > LONGEST_FIELD) {
                throw GatewayException.invalid(current.name(), "A field of the form is larger than " + LONGEST_FIELD + " bytes.");
            }
        }
        return value.toByteArray();
    }

    private Held find(String name) {
        return held.stream().filter(part -> part.value() != null && part.part().name().equals(name)).findFirst().orElse(null);
    }

    /** Whether every part has been read. */
    boolean isWhole() {
        return isWhole;
    }

    /** The fields as the JSON object they would be, files as {@code {"bytes": n}}; values of the gateway's fields in their own types. */
    RequestOutline outline(Set<String> gatewayMembers, String otherwise) {
        Map<String, List<Held>> byName = new LinkedHashMap<>();
        held.forEach(part -> byName.computeIfAbsent(part.part().name(), name -> new ArrayList<>()).add(part));
        JsonWriter json = new JsonWriter(1024).beginObject();
        byName.forEach((name, same) -> {
            json.name(name);
            if (same.size() > 1) {
                json.beginArray();
            }
            same.forEach(part -> write(json, part, gatewayMembers.contains(name)));
            if (same.size() > 1) {
                json.endArray();
            }
        });
        byte[] body = json.endObject().toBytes();
        Held model = find(MODEL);
        String name = model == null ? otherwise : new String(model.value(), StandardCharsets.UTF_8).strip();
        return new RequestOutline(body, name, false, false, JsonReader.readMembers(body));
    }

    private static void write(JsonWriter json, Held part, boolean isTyped) {
        if (part.value() == null) {
            json.beginObject().name("bytes").value(part.file().length()).endObject();
            return;
        }
        String text = new String(part.value(), StandardCharsets.UTF_8);
        if (isTyped && isJson(text)) {
            json.literal(text.strip());
        } else {
            json.value(text);
        }
    }

    /** Objects, arrays, true, false and numbers; a text that is none of these is meant as it stands. */
    private static boolean isJson(String text) {
        String bare = text.strip();
        if (!bare.matches("(?s)\\{.*}|\\[.*]|true|false|null|-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            return false;
        }
        try {
            JsonReader.read(bare.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (GatewayException notJson) {
            return false;
        }
    }

    List<Held> held() {
        return held;
    }

    /** The part whose content comes next, a file; null when all were read. */
    Part current() {
        return isWhole ? null : current;
    }

    PartScanner parts() {
        return parts;
    }

    @Override
    public void close() {
        held.forEach(part -> {
            if (part.file() != null) {
                part.file().close();
            }
        });
    }
}
