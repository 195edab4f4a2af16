package org.sluice.gateway.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Price;
import org.sluice.gateway.usage.UnitPrice;

/**
 * One provider's part of the catalogue, as a file holds it.
 *
 * @param claims names without a prefix that mean this provider
 * @param samePricesAs provider to ask for a model that is not listed here, or null
 */
record ModelFile(String provider, String displayName, List<MatchRule> claims, String samePricesAs, List<Entry> entries) {
    /** A model and the names that mean it beside its own. */
    record Entry(Model model, List<MatchRule> rules) {
        /** This entry in the place of another of the same name, whose further names it keeps. */
        Entry over(Entry other) {
            List<MatchRule> all = new ArrayList<>(rules);
            all.addAll(other.rules);
            boolean isNameless = model.providerName().equals(model.provider());
            return new Entry(isNameless ? model.of(other.model.providerName()) : model, List.copyOf(all));
        }
    }

    /**
     * Reads a file of one provider, or of several in an array.
     *
     * @throws IllegalStateException with the file's name and what is wrong
     */
    static List<ModelFile> read(String name, byte[] json) {
        return read(name, json, id -> id);
    }

    /**
     * The same, and a price map of LiteLLM's.
     *
     * @param providerId the id of a provider by any of its names
     */
    static List<ModelFile> read(String name, byte[] json, UnaryOperator<String> providerId) {
        try {
            JsonValue value = JsonReader.read(json);
            if (value instanceof JsonObject map && PriceMap.isOne(map)) {
                return PriceMap.read(map, providerId);
            }
            List<JsonValue> parts = value instanceof JsonValue.JsonArray array ? array.items() : List.of(value);
            List<ModelFile> files = new ArrayList<>();
            for (JsonValue part : parts) {
                files.add(readProvider(objectOf(part, "the file")));
            }
            return files;
        } catch (GatewayException e) {
            throw new IllegalStateException("The model file " + name + " is not JSON: "
                    + e.getMessage().replace("The request body", "the file"));
        } catch (RuntimeException e) {
            throw new IllegalStateException("The model file " + name + " is wrong: " + e.getMessage() + ".");
        }
    }

    private static ModelFile readProvider(JsonObject json) {
        String provider = neededText(json, "provider");
        String displayName = json.text("display_name") == null ? provider : json.text("display_name");
        LocalDate updated = json.text("updated") == null ? null : LocalDate.parse(json.text("updated"));
        List<Entry> entries = new ArrayList<>();
        for (JsonValue item : json.items("models")) {
            entries.add(readEntry(provider, displayName, updated, objectOf(item, "models")));
        }
        return new ModelFile(provider, displayName, readRules(json, "claims"), json.text("same_prices_as"), entries);
    }

    private static Entry readEntry(String provider, String providerName, LocalDate updated, JsonObject json) {
        String name = neededText(json, "name");
        try {
            String displayName = json.text("display_name") == null ? name : json.text("display_name");
            String type = json.text("type");
            return new Entry(new Model(provider, providerName, name, displayName, updated,
                    type == null ? Model.Type.CHAT : Model.Type.valueOf(type.toUpperCase(Locale.ROOT)),
                    json.number("context_window", 0), json.number("max_output", 0), readPrice(json.object("price")),
                    new Model.Capabilities(readFlag(json, "vision"), readFlag(json, "tools"), readFlag(json, "reasoning")),
                    json.isTrue("deprecated")), readRules(json, "match"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("model '" + name + "': " + e.getMessage(), e);
        }
    }

    private static Price readPrice(JsonObject json) {
        if (json == null) {
            return null;
        }
        JsonObject tier = json.object("long_context");
        BigDecimal input = readAmount(json, "input");
        BigDecimal output = readAmount(json, "output");
        UnitPrice units = readUnits(json.object("units"));
        if (input == null && output == null && units != null) {
            input = BigDecimal.ZERO;
            output = BigDecimal.ZERO;
        }
        if (input == null || output == null) {
            throw new IllegalArgumentException("a price has input and output");
        }
        return new Price(input, output, readAmount(json, "cache_read"), readAmount(json, "cache_write"), readAmount(json, "cache_write_1h"),
                readAmount(json, "audio_input"), readAmount(json, "audio_output"), readAmount(json, "per_thousand_calls"),
                tier == null ? 0 : tier.number("from", 0), tier == null ? null : readAmount(tier, "input"),
                tier == null ? null : readAmount(tier, "output"), units);
    }

    private static UnitPrice readUnits(JsonObject json) {
        if (json == null) {
            return null;
        }
        Map<String, BigDecimal> images = new LinkedHashMap<>();
        JsonObject perImage = json.object("per_image");
        if (perImage != null) {
            perImage.members().keySet().forEach(name -> images.put(name, readAmount(perImage, name)));
        }
        return new UnitPrice(readAmount(json, "per_million_characters"), readAmount(json, "per_minute"), images);
    }

    private static BigDecimal readAmount(JsonObject json, String name) {
        JsonValue value = json.present(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonNumber number) || number.decimal().signum() < 0) {
            throw new IllegalArgumentException("'" + name + "' is a number, 0 or more");
        }
        return number.decimal();
    }

    private static Boolean readFlag(JsonObject json, String name) {
        JsonValue value = json.present(name);
        return value == null ? null : Boolean.valueOf(value == JsonLiteral.TRUE);
    }

    private static List<MatchRule> readRules(JsonObject json, String name) {
        return json.present(name) == null ? List.of() : MatchRule.readAll(json.present(name));
    }

    private static JsonObject objectOf(JsonValue value, String where) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("an object is needed in " + where);
    }

    private static String neededText(JsonObject json, String name) {
        String text = json.text(name);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("'" + name + "' is needed");
        }
        return text;
    }
}
