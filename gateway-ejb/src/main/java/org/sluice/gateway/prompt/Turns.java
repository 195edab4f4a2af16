package org.sluice.gateway.prompt;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Pieces of conversations put behind one another, as JSON. Null stands for nothing said. */
final class Turns {
    private Turns() { }

    static boolean isEmpty(Slice value) {
        if (value == null) {
            return true;
        }
        char opening = (char) value.array()[value.from()];
        for (int at = value.from() + 1; at < value.to() - 1; at++) {
            byte b = value.array()[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return opening == '[' || opening == '"' || opening == '{';
    }

    /** Turns behind turns. What is no list is one turn; a text, in the Responses API, is the user's. */
    static Slice joined(Slice first, Slice second) {
        if (isEmpty(first) || isEmpty(second)) {
            return isEmpty(first) ? second : first;
        }
        JsonWriter json = new JsonWriter(first.length() + second.length() + 64).beginArray();
        items(first, json);
        items(second, json);
        return Slice.of(json.endArray().toBytes());
    }

    private static void items(Slice value, JsonWriter json) {
        switch (value.array()[value.from()]) {
            case '[' -> json.raw(new Slice(value.array(), value.from() + 1, value.to() - 1));
            case '"' -> json.beginObject().name("role").value("user").name("content").raw(value).endObject();
            default -> json.raw(value);
        }
    }

    /** What the system says, behind what it said before. */
    static Slice system(DialectForm form, Slice first, Slice second) {
        if (isEmpty(first) || isEmpty(second)) {
            return isEmpty(first) ? second : first;
        }
        JsonWriter json = new JsonWriter(first.length() + second.length() + 64);
        JsonValue one = JsonReader.read(first.array(), first.from(), first.to());
        JsonValue two = JsonReader.read(second.array(), second.from(), second.to());
        if (form == DialectForm.RESPONSES) {
            return Slice.of(json.value(one.asText() + "\n" + two.asText()).toBytes());
        }
        if (form == DialectForm.GEMINI) {
            json.beginObject().name("parts");
        }
        json.beginArray();
        parts(one).forEach(part -> json.raw(part.raw()));
        parts(two).forEach(part -> json.raw(part.raw()));
        json.endArray();
        if (form == DialectForm.GEMINI) {
            json.endObject();
        }
        return Slice.of(json.toBytes());
    }

    private static List<JsonValue> parts(JsonValue system) {
        if (system instanceof JsonObject object && object.get("parts") != null) {
            return parts(object.get("parts"));
        }
        if (system instanceof JsonArray array) {
            return array.items().stream().flatMap(item -> parts(item).stream()).toList();
        }
        if (system.asText() != null) {
            byte[] part = new JsonWriter().beginObject().name("type").value("text").name("text").value(system.asText()).endObject().toBytes();
            return List.of(JsonReader.read(part));
        }
        return List.of(system);
    }

    /** The texts of messages in OpenAI's form, one a line; null when there is more than text in one. */
    static String text(JsonValue message) {
        JsonValue content = ((JsonObject) message).present("content");
        if (content == null || content.asText() != null) {
            return content == null ? "" : content.asText();
        }
        List<String> texts = new ArrayList<>();
        for (JsonValue part : ((JsonArray) content).items()) {
            if (!(part instanceof JsonObject object) || !"text".equals(object.text("type")) || object.text("text") == null) {
                return null;
            }
            texts.add(object.text("text"));
        }
        return String.join("", texts);
    }
}
