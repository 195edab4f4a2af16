package org.sluice.gateway.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.call.Routing.WeightedModel;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** The lists among a version's settings. Errors are INVALID_VALUE with the item's path. */
final class Lists {
    private static final int MAX_FALLBACKS = 16;
    private static final int MAX_WEIGHTED = 64;
    private static final int LONGEST_MODEL = 200;
    private static final double MAX_WEIGHT = 1e6;

    private Lists() { }

    static void objects(JsonArray list, String path, int most) {
        few(list, path, most);
        for (int i = 0; i < list.items().size(); i++) {
            if (!(list.items().get(i) instanceof JsonObject)) {
                throw GatewayException.invalid(path + "[" + i + "]", "'" + path + "[" + i + "]' is not an object.");
            }
        }
    }

    static List<String> models(JsonArray list) {
        few(list, "fallback_models", MAX_FALLBACKS);
        List<String> models = new ArrayList<>();
        for (JsonValue item : list.items()) {
            models.add(model(item, "fallback_models[" + models.size() + "]"));
        }
        return models;
    }

    /** Credentials have no place in a prompt: they would be stored in the clear. */
    static List<WeightedModel> weighted(JsonArray list) {
        objects(list, "load_balance_models", MAX_WEIGHTED);
        List<WeightedModel> models = new ArrayList<>();
        for (JsonValue item : list.items()) {
            String path = "load_balance_models[" + models.size() + "]";
            JsonObject object = (JsonObject) item;
            for (String name : object.members().keySet()) {
                if (!Set.of("model", "weight").contains(name)) {
                    throw GatewayException.invalid(path + "." + name, "'" + path + "' may have 'model' and 'weight' only.");
                }
            }
            JsonValue weight = object.present("weight");
            double share = weight == null ? 1 : weight instanceof JsonNumber number ? number.decimal().doubleValue() : 0;
            if (!(share > 0 && share <= MAX_WEIGHT)) {
                throw GatewayException.invalid(path + ".weight", "'" + path + ".weight' is not a number above 0.");
            }
            models.add(new WeightedModel(model(object.get("model"), path + ".model"), share, Map.of()));
        }
        return models;
    }

    private static String model(JsonValue value, String path) {
        String model = value == null ? null : value.asText();
        if (model == null || model.isBlank() || model.length() > LONGEST_MODEL) {
            throw GatewayException.invalid(path, "'" + path + "' is not the name of a model.");
        }
        return model;
    }

    private static void few(JsonArray list, String path, int most) {
        if (list.items().size() > most) {
            throw GatewayException.invalid(path, "'" + path + "' holds more than " + most + " items.");
        }
    }
}
