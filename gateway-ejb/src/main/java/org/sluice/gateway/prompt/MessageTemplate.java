package org.sluice.gateway.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.template.Template;
import org.sluice.gateway.template.TemplateException;

/**
 * One message of a version, its texts compiled. A text stays inside its message whatever the variables hold: it is rendered once
 * and written as one JSON string, or as several parts where pictures stand in it.
 */
final class MessageTemplate {
    private static final String TEXT = "text";
    private static final String IMAGE = "image_url";
    private final String path;
    private final JsonObject message;
    private final Template text;
    private final List<Piece> pieces;

    /** A part of a content list: {@code template} is its text's or its picture's address; null when the part stays as it is. */
    private record Piece(JsonObject part, String type, Template template) { }

    private MessageTemplate(String path, JsonObject message, Template text, List<Piece> pieces) {
        this.path = path;
        this.message = message;
        this.text = text;
        this.pieces = pieces;
    }

    /** @throws GatewayException INVALID_VALUE with the place, when a text is not a template */
    static MessageTemplate read(JsonObject message, String path) {
        JsonValue content = message.present("content");
        if (content == null || content.asText() != null) {
            return new MessageTemplate(path, message, content == null ? null : compile(content.asText(), path + ".content"), null);
        }
        if (!(content instanceof JsonArray array)) {
            throw GatewayException.invalid(path + ".content", "'" + path + ".content' is neither a string nor a list of parts.");
        }
        List<Piece> pieces = new ArrayList<>();
        for (JsonValue item : array.items()) {
            pieces.add(piece(item, path + ".content[" + pieces.size() + "]"));
        }
        return new MessageTemplate(path, message, null, pieces);
    }

    private static Piece piece(JsonValue item, String path) {
        if (!(item instanceof JsonObject part) || part.text("type") == null) {
            throw GatewayException.invalid(path, "'" + path + "' is not an object with a 'type'.");
        }
        String type = part.text("type");
        if (type.equals(TEXT) && part.text(TEXT) != null) {
            return new Piece(part, TEXT, compile(part.text(TEXT), path + ".text"));
        }
        String url = !type.equals(IMAGE) ? null : part.object(IMAGE) != null ? part.object(IMAGE).text("url") : part.text(IMAGE);
        return url != null && url.length() <= 4096 && url.contains("{") ? new Piece(part, IMAGE, compile(url, path + ".image_url")) : new Piece(part, type, null);
    }

    private static Template compile(String source, String path) {
        try {
            return Template.compile(source);
        } catch (TemplateException e) {
            throw GatewayException.invalid(path, "'" + path + "' is not a template: " + e.getMessage() + ".");
        }
    }

    /** How many templates it has. */
    int texts() {
        return pieces == null ? 1 : pieces.size();
    }

    /** Characters of its templates. */
    int size() {
        int size = text == null ? 0 : text.size();
        for (Piece piece : pieces == null ? List.<Piece>of() : pieces) {
            size += piece.template == null ? 0 : piece.template.size();
        }
        return size;
    }

    /** The message as it is sent, in OpenAI's form. */
    void write(Rendering rendering, JsonWriter json) {
        json.beginObject();
        for (Map.Entry<String, JsonValue> member : message.members().entrySet()) {
            if (!member.getKey().equals("content")) {
                json.name(member.getKey());
                raw(json, member.getValue());
            } else if (text != null) {
                content(json.name("content"), rendering.render(text, path));
            } else if (pieces != null) {
                json.name("content").beginArray();
                pieces.forEach(piece -> write(piece, rendering, json));
                json.endArray();
            } else {
                json.name("content").literal("null");
            }
        }
        json.endObject();
    }

    /** Its words alone, for a prompt inside another; a picture is its address. */
    String plain(Rendering rendering) {
        if (text != null) {
            return rendering.plain(text, path);
        }
        StringBuilder plain = new StringBuilder();
        for (Piece piece : pieces == null ? List.<Piece>of() : pieces) {
            plain.append(piece.template == null ? "" : rendering.plain(piece.template, path));
        }
        return plain.toString();
    }

    private static void content(JsonWriter json, List<Rendering.Shown> shown) {
        if (shown.size() == 1 && shown.get(0).text() != null) {
            json.value(shown.get(0).text());
            return;
        }
        json.beginArray();
        shown.forEach(one -> part(json, one, null));
        json.endArray();
    }

    private void write(Piece piece, Rendering rendering, JsonWriter json) {
        if (piece.template == null) {
            raw(json, piece.part);
        } else if (piece.type.equals(TEXT)) {
            rendering.render(piece.template, path).forEach(one -> part(json, one, piece.part));
        } else {
            address(piece.part, rendering.plain(piece.template, path), json);
        }
    }

    private static void part(JsonWriter json, Rendering.Shown shown, JsonObject like) {
        json.beginObject();
        if (shown.url() != null) {
            json.name("type").value(IMAGE).name(IMAGE).beginObject().name("url").value(shown.url()).endObject();
        } else {
            json.name("type").value(TEXT).name(TEXT).value(shown.text());
            for (Map.Entry<String, JsonValue> member : like == null ? Map.<String, JsonValue>of().entrySet() : like.members().entrySet()) {
                if (!member.getKey().equals("type") && !member.getKey().equals(TEXT)) {
                    raw(json.name(member.getKey()), member.getValue());
                }
            }
        }
        json.endObject();
    }

    private static void address(JsonObject part, String url, JsonWriter json) {
        json.beginObject();
        part.members().forEach((name, value) -> {
            json.name(name);
            if (!name.equals(IMAGE)) {
                raw(json, value);
            } else if (value instanceof JsonObject image) {
                json.beginObject();
                image.members().forEach((inner, kept) -> {
                    json.name(inner);
                    if (inner.equals("url")) {
                        json.value(url);
                    } else {
                        raw(json, kept);
                    }
                });
                json.endObject();
            } else {
                json.value(url);
            }
        });
        json.endObject();
    }

    /** As it was spelled; texts and numbers have no place in a document and are written again. */
    private static void raw(JsonWriter json, JsonValue value) {
        if (value instanceof JsonObject object) {
            json.raw(new Slice(object.body(), object.from(), object.to()));
        } else if (value instanceof JsonArray array) {
            json.raw(new Slice(array.body(), array.from(), array.to()));
        } else {
            json.raw(value.raw());
        }
    }
}
