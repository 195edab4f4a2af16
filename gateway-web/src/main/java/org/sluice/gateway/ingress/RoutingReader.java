package org.sluice.gateway.ingress;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.call.Routing;
import org.sluice.gateway.call.Routing.Group;
import org.sluice.gateway.call.Routing.Retry;
import org.sluice.gateway.call.Routing.WeightedModel;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads who shall answer a call: fallbacks, retries, load balancing, router (contract 4). Names of models are checked when
 * they are looked up. Every refusal names the parameter, members of objects and items of lists with their place.
 */
final class RoutingReader {
    private static final int MAX_FALLBACKS = 16;
    private static final int MAX_MODELS = 64;
    private static final int MAX_NAME = 512;
    private static final int MAX_RETRIES = 10;
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(60);
    private static final int DEFAULT_RETRIES = 3;
    private static final Duration DEFAULT_AFTER = Duration.ofMillis(200);
    private static final List<String> NAMES = List.of("fallback_models", "disable_fallback", "retry_params", "retries", "load_balance_models",
            "loadbalance_models", "load_balance_group", "models", "exclude_models", "exclude_providers", "weight", "hedge");

    private RoutingReader() { }

    /** @param merged the gateway's parameters, nulls taken out */
    static Routing read(Map<String, JsonValue> merged) {
        if (NAMES.stream().noneMatch(merged::containsKey)) {
            return Routing.NONE;
        }
        weight("weight", merged.get("weight"));
        String balanced = merged.containsKey("load_balance_models") ? "load_balance_models" : "loadbalance_models";
        return new Routing(names("fallback_models", merged.get("fallback_models"), MAX_FALLBACKS), flag("disable_fallback", merged.get("disable_fallback")),
                retry(merged), items(balanced, merged.get(balanced)), group(merged.get("load_balance_group")),
                names("models", merged.get("models"), MAX_MODELS), Set.copyOf(names("exclude_models", merged.get("exclude_models"), MAX_MODELS)),
                Set.copyOf(names("exclude_providers", merged.get("exclude_providers"), MAX_MODELS)), hedge(merged.get("hedge")));
    }

    private static Retry retry(Map<String, JsonValue> merged) {
        if (merged.get("retry_params") == null) {
            JsonValue times = merged.get("retries");
            if (times == null) {
                return null;
            }
            int number = whole("retries", times, 0);
            return new Retry(number > 0, number, DEFAULT_AFTER);
        }
        JsonObject params = object("retry_params", merged.get("retry_params"), Set.of("retry_enabled", "num_retries", "retry_after"));
        JsonValue enabled = params.present("retry_enabled");
        JsonValue times = params.present("num_retries");
        JsonValue after = params.present("retry_after");
        return new Retry(enabled == null || flag("retry_params.retry_enabled", enabled),
                times == null ? DEFAULT_RETRIES : whole("retry_params.num_retries", times, 1),
                after == null ? DEFAULT_AFTER : seconds("retry_params.retry_after", after));
    }

    private static Duration hedge(JsonValue value) {
        if (value == null) {
            return null;
        }
        JsonValue after = object("hedge", value, Set.of("after")).present("after");
        if (after == null) {
            throw GatewayException.invalid("hedge.after", "'hedge' needs 'after', the seconds after which a second target is asked.");
        }
        return seconds("hedge.after", after);
    }

    private static Group group(JsonValue value) {
        if (value == null) {
            return null;
        }
        JsonObject group = object("load_balance_group", value, Set.of("group_id", "models"));
        JsonValue id = group.present("group_id");
        if (id != null && (id.asText() == null || id.asText().isEmpty() || id.asText().length() > MAX_NAME)) {
            throw GatewayException.invalid("load_balance_group.group_id", "'load_balance_group.group_id' is not the id of a load balance group.");
        }
        if (id == null && group.present("models") == null) {
            throw GatewayException.invalid("load_balance_group.group_id", "'load_balance_group' names neither a group nor models; give 'group_id' or 'models'.");
        }
        return new Group(id == null ? null : id.asText(), items("load_balance_group.models", group.present("models")));
    }

    /** Of a list that is there one item is needed: an empty one would mean something else than what was written. */
    private static List<WeightedModel> items(String name, JsonValue value) {
        if (value == null) {
            return List.of();
        }
        List<JsonValue> items = array(name, value, MAX_MODELS);
        if (items.isEmpty()) {
            throw GatewayException.invalid(name, "'" + name + "' is empty; name a model or leave it out.");
        }
        List<WeightedModel> models = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            models.add(item(name + "[" + i + "]", items.get(i)));
        }
        return models;
    }

    private static WeightedModel item(String name, JsonValue value) {
        if (value.asText() != null) {
            return new WeightedModel(model(name, value), 1, Map.of());
        }
        JsonObject item = object(name, value, Set.of("model", "weight", "credentials"));
        JsonValue weight = item.present("weight");
        return new WeightedModel(model(name + ".model", item.present("model")), weight == null ? 1 : weight(name + ".weight", weight),
                credentials(name + ".credentials", item.present("credentials")));
    }

    private static Map<String, String> credentials(String name, JsonValue value) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof JsonObject object)) {
            throw GatewayException.invalid(name, "'" + name + "' is not an object.");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        object.members().forEach((field, content) -> {
            if (!content.isNull()) {
                String text = content instanceof JsonNumber number ? number.text() : content.asText();
                if (text == null) {
                    throw GatewayException.invalid(name + "." + field, "A field of '" + name + "' is not a string.");
                }
                fields.put(field, text);
            }
        });
        return fields;
    }

    private static List<String> names(String name, JsonValue value, int max) {
        if (value == null) {
            return List.of();
        }
        List<JsonValue> items = array(name, value, max);
        List<String> all = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            all.add(model(name + "[" + i + "]", items.get(i)));
        }
        return all;
    }

    private static String model(String name, JsonValue value) {
        String text = value == null ? null : value.asText();
        if (text == null || text.isBlank() || text.length() > MAX_NAME) {
            throw GatewayException.invalid(name, "'" + name + "' is not a name.");
        }
        return text;
    }

    private static List<JsonValue> array(String name, JsonValue value, int max) {
        if (!(value instanceof JsonArray array)) {
            throw GatewayException.invalid(name, "'" + name + "' is not an array.");
        }
        if (array.items().size() > max) {
            throw GatewayException.invalid(name, "'" + name + "' holds more than " + max + " items.");
        }
        return array.items();
    }

    private static JsonObject object(String name, JsonValue value, Set<String> known) {
        if (!(value instanceof JsonObject object)) {
            throw GatewayException.invalid(name, "'" + name + "' is not an object.");
        }
        for (String member : object.members().keySet()) {
            if (!known.contains(member)) {
                throw GatewayException.invalid(name + "." + member, "'" + name + "' has no member '" + member + "'; it may hold "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
        return object;
    }

    private static int whole(String name, JsonValue value, int min) {
        if (!(value instanceof JsonNumber number) || !number.isLong() || number.longValue() < min || number.longValue() > MAX_RETRIES) {
            throw GatewayException.invalid(name, "'" + name + "' is not a whole number from " + min + " to " + MAX_RETRIES + ".");
        }
        return (int) number.longValue();
    }

    private static Duration seconds(String name, JsonValue value) {
        if (!(value instanceof JsonNumber number) || number.decimal().signum() <= 0 || number.decimal().compareTo(MAX_SECONDS) > 0) {
            throw GatewayException.invalid(name, "'" + name + "' is not a number of seconds above 0 and up to 60.");
        }
        return Duration.ofNanos(Math.max(1, number.decimal().movePointRight(9).longValue()));
    }

    /** 1 when there is none. */
    private static double weight(String name, JsonValue value) {
        if (value == null) {
            return 1;
        }
        double weight = value instanceof JsonNumber number ? number.decimal().doubleValue() : 0;
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw GatewayException.invalid(name, "'" + name + "' is not a number above 0.");
        }
        return weight;
    }

    private static boolean flag(String name, JsonValue value) {
        if (value != null && value != JsonLiteral.TRUE && value != JsonLiteral.FALSE) {
            throw GatewayException.invalid(name, "'" + name + "' is not true or false.");
        }
        return value == JsonLiteral.TRUE;
    }
}
