package org.sluice.gateway.dialect.gemini;

import java.util.List;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Pictures that a model makes: parts here, {@code images} in the form in which the gateway's vocabulary carries them. */
final class Images {
    static final String EXTRA = "images";

    private Images() { }

    /** Null when there are none. */
    static RawJson of(List<Part> parts) {
        JsonWriter json = new JsonWriter().beginArray();
        int empty = json.size();
        for (Part part : parts) {
            if (part instanceof Part.Image image && image.source() instanceof Source.Base64 bytes) {
                json.beginObject().name("type").value("image_url").name("image_url").beginObject()
                        .name("url").value("data:" + bytes.mediaType() + ";base64," + bytes.data()).endObject().endObject();
            }
        }
        return json.size() == empty ? null : new RawJson(json.endArray().toText());
    }

    /** The pictures of another dialect's answer, as parts of ours. */
    static void write(JsonWriter json, RawJson images) {
        if (images == null || !(ProviderJson.value(images) instanceof JsonArray array)) {
            return;
        }
        for (JsonValue item : array.items()) {
            JsonObject holder = item instanceof JsonObject image ? image.object("image_url") : null;
            if (holder != null && holder.text("url") != null) {
                PartWriter.write(json, new Part.Image(new Source.Url(holder.text("url")), null, java.util.Map.of()), null, EXTRA);
            }
        }
    }
}
