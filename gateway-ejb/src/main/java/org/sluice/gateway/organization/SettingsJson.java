package org.sluice.gateway.organization;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sluice.gateway.call.Routing.Retry;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * An organization's routing settings as JSON, the same on the wire and in the database: {@code retry} {enabled, num_retries,
 * retry_after} or null, {@code fallback} {enabled, models}, {@code system_fallback_enabled}, {@code default_model},
 * {@code balance_strategy}, {@code model_before_group}. Other members are overlooked.
 */
public final class SettingsJson {
    private static final int MAX_RETRIES = 10;
    private static final BigDecimal MAX_RETRY_AFTER = BigDecimal.valueOf(60);
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);
    private static final int MAX_FALLBACKS = 16;
    private static final Retry RETRY = new Retry(true, 3, Duration.ofMillis(200));

    /** Refuses a model that nobody knows. */
    public interface ModelCheck {
        /** @throws GatewayException INVALID_VALUE with {@code param} */
        void require(String model, String param);
    }

    private SettingsJson() { }

    /** Everything but the groups. */
    public static byte[] write(OrganizationSettings settings) {
        JsonWriter out = new JsonWriter().beginObject().name("retry");
        Retry retry = settings.retry();
        if (retry == null) {
            out.literal(null);
        } else {
            out.beginObject().name("enabled").value(retry.isEnabled()).name("num_retries").value(retry.times())
                    .name("retry_after").literal(BigDecimal.valueOf(retry.after().toNanos()).divide(NANOS).stripTrailingZeros().toPlainString()).endObject();
        }
        out.name("fallback").beginObject().name("enabled").value(settings.isFallbackEnabled()).name("models").beginArray();
        settings.fallbackModels().forEach(out::value);
        return out.endArray().endObject().name("system_fallback_enabled").value(settings.isSystemFallback())
                .name("default_model").value(settings.defaultModel())
                .name("balance_strategy").value(settings.strategy().name().toLowerCase(Locale.ROOT))
                .name("model_before_group").value(settings.isModelBeforeGroup()).endObject().toBytes();
    }

    /** What {@link #write} wrote, for memory: models are not looked at again. */
    static OrganizationSettings read(String json, Map<String, LoadBalanceGroup> groups) {
        return with(OrganizationSettings.DEFAULT, JsonReader.readObject(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)), (model, param) -> { }, groups);
    }

    /**
     * Settings with what the object says in place of what they said; what it does not mention stays.
     *
     * @throws GatewayException INVALID_VALUE with the member
     */
    public static OrganizationSettings with(OrganizationSettings settings, JsonObject changes, ModelCheck models) {
        return with(settings, changes, models, settings.groups());
    }

    private static OrganizationSettings with(OrganizationSettings settings, JsonObject changes, ModelCheck models, Map<String, LoadBalanceGroup> groups) {
        JsonObject fallback = object(changes, "fallback");
        Retry retry = changes.get("retry") == null ? settings.retry() : retry(object(changes, "retry"), settings.retry());
        List<String> fallbacks = fallback == null || fallback.get("models") == null ? settings.fallbackModels() : fallbacks(fallback.get("models"), models);
        String defaultModel = changes.get("default_model") == null ? settings.defaultModel() : defaultModel(changes.get("default_model"), models);
        return new OrganizationSettings(retry, flag(fallback, "enabled", "fallback.enabled", settings.isFallbackEnabled()), fallbacks,
                flag(changes, "system_fallback_enabled", "system_fallback_enabled", settings.isSystemFallback()), defaultModel,
                strategy(changes.present("balance_strategy"), settings.strategy()),
                flag(changes, "model_before_group", "model_before_group", settings.isModelBeforeGroup()), groups);
    }

    private static Retry retry(JsonObject given, Retry before) {
        if (given == null) {
            return null;
        }
        Retry base = before == null ? RETRY : before;
        JsonValue times = given.present("num_retries");
        JsonValue after = given.present("retry_after");
        long number = given.number("num_retries", -1);
        if (times != null && (number < 1 || number > MAX_RETRIES)) {
            throw GatewayException.invalid("retry.num_retries", "'retry.num_retries' is a whole number from 1 to " + MAX_RETRIES + ".");
        }
        BigDecimal seconds = after instanceof JsonNumber value ? value.decimal() : null;
        if (after != null && (seconds == null || seconds.signum() <= 0 || seconds.compareTo(MAX_RETRY_AFTER) > 0)) {
            throw GatewayException.invalid("retry.retry_after", "'retry.retry_after' is a number of seconds above 0 and at most " + MAX_RETRY_AFTER + ".");
        }
        return new Retry(flag(given, "enabled", "retry.enabled", base.isEnabled()), times == null ? base.times() : (int) number,
                seconds == null ? base.after() : Duration.ofNanos(Math.max(1, seconds.multiply(NANOS).longValue())));
    }

    /** Each model once: a list without repetition cannot come back to where it was. */
    private static List<String> fallbacks(JsonValue given, ModelCheck models) {
        String param = "fallback.models";
        if (!(given instanceof JsonValue.JsonArray array) || array.items().size() > MAX_FALLBACKS) {
            throw GatewayException.invalid(param, "'" + param + "' is a list of at most " + MAX_FALLBACKS + " models.");
        }
        Set<String> names = new LinkedHashSet<>();
        for (JsonValue item : array.items()) {
            String at = param + "[" + names.size() + "]";
            String name = item.asText();
            if (name == null || name.isBlank()) {
                throw GatewayException.invalid(at, "'" + at + "' is the name of a model.");
            }
            models.require(name, at);
            if (!names.add(name)) {
                throw GatewayException.invalid(at, "The model " + name + " stands twice in '" + param + "'.");
            }
        }
        return List.copyOf(names);
    }

    private static String defaultModel(JsonValue given, ModelCheck models) {
        if (given.isNull()) {
            return null;
        }
        String name = given.asText();
        if (name == null || name.isBlank()) {
            throw GatewayException.invalid("default_model", "'default_model' is the name of a model, or null.");
        }
        models.require(name, "default_model");
        return name;
    }

    private static BalanceStrategy strategy(JsonValue given, BalanceStrategy before) {
        if (given == null) {
            return before;
        }
        return Stream.of(BalanceStrategy.values()).filter(strategy -> strategy.name().toLowerCase(Locale.ROOT).equals(given.asText())).findFirst()
                .orElseThrow(() -> GatewayException.invalid("balance_strategy", "'balance_strategy' is one of " + Stream.of(BalanceStrategy.values())
                        .map(strategy -> strategy.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", ")) + "."));
    }

    private static JsonObject object(JsonObject in, String name) {
        JsonValue value = in.present(name);
        if (value == null || value instanceof JsonObject) {
            return (JsonObject) value;
        }
        throw GatewayException.invalid(name, "'" + name + "' is an object.");
    }

    private static boolean flag(JsonObject in, String name, String param, boolean otherwise) {
        JsonValue value = in == null ? null : in.present(name);
        if (value == null) {
            return otherwise;
        }
        if (value != JsonLiteral.TRUE && value != JsonLiteral.FALSE) {
            throw GatewayException.invalid(param, "'" + param + "' is true or false.");
        }
        return value == JsonLiteral.TRUE;
    }
}
