package org.sluice.gateway.conversation;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Items of requests and answers as they are spelled. */
final class Items {
    private static final String REFERENCE = "item_reference";

    private Items() { }

    /** The items of a request; a text is the user's message. */
    static List<JsonValue> of(RequestOutline outline) {
        Slice input = outline.value("input");
        JsonValue value = input == null ? null : JsonReader.read(input.array(), input.from(), input.to());
        if (value != null && value.asText() != null) {
            return List.of(message(value.asText()));
        }
        return value instanceof JsonArray array ? array.items() : List.of();
    }

    private static JsonValue message(String text) {
        return JsonReader.read(new JsonWriter().beginObject().name("type").value("message").name("role").value("user").name("content").beginArray()
                .beginObject().name("type").value("input_text").name("text").value(text).endObject().endArray().endObject().toBytes());
    }

    static List<JsonValue> array(RawJson array) {
        return ((JsonArray) JsonReader.read(array.text().getBytes(java.nio.charset.StandardCharsets.UTF_8))).items();
    }

    static List<JsonValue> output(StoredAnswer answer) {
        return JsonReader.readObject(answer.answer().text().getBytes(java.nio.charset.StandardCharsets.UTF_8)).items("output");
    }

    /** The id that an item stands for, or null when it is no reference. Some clients leave the type out. */
    static String reference(JsonValue item) {
        if (!(item instanceof JsonObject object) || object.text("id") == null) {
            return null;
        }
        boolean isReference = REFERENCE.equals(object.text("type")) || object.present("type") == null && object.members().size() == 1;
        return isReference ? object.text("id") : null;
    }

    static String id(JsonValue item) {
        return item instanceof JsonObject object ? object.text("id") : null;
    }

    static List<String> ids(List<JsonValue> items) {
        List<String> ids = new ArrayList<>();
        for (JsonValue item : items) {
            if (id(item) != null) {
                ids.add(id(item));
            }
        }
        return ids;
    }

    static RawJson write(List<JsonValue> items) {
        JsonWriter json = new JsonWriter(1024).beginArray();
        items.forEach(item -> json.raw(item.raw()));
        return new RawJson(json.endArray().toText());
    }
}
