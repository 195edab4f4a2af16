package org.sluice.gateway.organization;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.call.Routing.WeightedModel;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** A group's models and their credentials as the database has them, apart from each other: the credentials are sealed. */
final class GroupJson {
    private GroupJson() { }

    static String writeModels(List<WeightedModel> models) {
        JsonWriter out = new JsonWriter().beginArray();
        models.forEach(item -> out.beginObject().name("model").value(item.model()).name("weight").literal(BigDecimal.valueOf(item.weight()).toPlainString()).endObject());
        return out.endArray().toText();
    }

    /** Null when no model brings any. */
    static String writeCredentials(List<WeightedModel> models) {
        if (models.stream().allMatch(item -> item.credentials().isEmpty())) {
            return null;
        }
        JsonWriter out = new JsonWriter().beginArray();
        for (WeightedModel item : models) {
            out.beginObject();
            item.credentials().forEach((name, value) -> out.name(name).value(value));
            out.endObject();
        }
        return out.endArray().toText();
    }

    /** @param credentials what {@link #writeCredentials} wrote, or null */
    static List<WeightedModel> read(String models, String credentials) {
        List<JsonValue> fields = credentials == null ? List.of() : items(credentials);
        List<WeightedModel> read = new ArrayList<>();
        for (JsonValue item : items(models)) {
            JsonObject model = (JsonObject) item;
            double weight = ((JsonNumber) model.get("weight")).decimal().doubleValue();
            read.add(new WeightedModel(model.text("model"), weight, fields.size() > read.size() ? texts((JsonObject) fields.get(read.size())) : Map.of()));
        }
        return read;
    }

    private static List<JsonValue> items(String json) {
        return ((JsonArray) JsonReader.read(json.getBytes(StandardCharsets.UTF_8))).items();
    }

    private static Map<String, String> texts(JsonObject object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.members().forEach((name, value) -> texts.put(name, value.asText()));
        return texts;
    }
}
