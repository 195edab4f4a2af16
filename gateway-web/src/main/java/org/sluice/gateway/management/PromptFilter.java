package org.sluice.gateway.management;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.prompt.PromptSummary;

/** Filters and sorting of a list of prompts (contract 7.5): {@code {"field": {"operator": "...", "value": [...]}}}; all must hold. */
final class PromptFilter {
    private static final String DELETED = "is_deleted";
    private static final Map<String, Function<PromptSummary, Object>> FIELDS = Map.ofEntries(
            Map.entry("id", summary -> summary.prompt().id()), Map.entry("prompt_id", summary -> summary.prompt().id()),
            Map.entry("prompt_slug", summary -> summary.prompt().slug()), Map.entry("name", summary -> summary.prompt().name()),
            Map.entry("description", summary -> summary.prompt().description()), Map.entry("starred", summary -> summary.prompt().isStarred()),
            Map.entry("commit_count", summary -> BigDecimal.valueOf(summary.prompt().commits())), Map.entry("tags", summary -> ""),
            Map.entry("creator_email", summary -> ""), Map.entry("created_at", summary -> summary.prompt().createdAt()),
            Map.entry("updated_at", summary -> summary.prompt().updatedAt()), Map.entry(DELETED, summary -> summary.prompt().isDeleted()));
    private static final Map<String, Function<PromptSummary.Version, Object>> OF_VERSION = Map.of(
            "version", version -> BigDecimal.valueOf(version.version()), "model", version -> version.model() == null ? "" : version.model(),
            "description", PromptSummary.Version::description, "readonly", PromptSummary.Version::isReadonly, "updated_at", PromptSummary.Version::updatedAt);
    private static final Set<String> OPERATORS = Set.of("", "not", "in", "not_in", "lt", "lte", "gt", "gte", "contains", "not_contains", "icontains",
            "startswith", "not_startswith", "endswith", "not_endswith", "empty", "not_empty");
    private static final int MAX_CONDITIONS = 100;

    private PromptFilter() { }

    /** @param filters the object, or null; without a word about {@code is_deleted} only what is not deleted */
    static Predicate<PromptSummary> read(JsonObject filters) {
        List<Predicate<PromptSummary>> all = new ArrayList<>();
        boolean isDeletedAsked = false;
        for (Map.Entry<String, JsonValue> filter : filters == null ? List.<Map.Entry<String, JsonValue>>of() : List.copyOf(filters.members().entrySet())) {
            isDeletedAsked |= filter.getKey().equals(DELETED);
            Function<PromptSummary, Object> field = field(filter.getKey(), "filters");
            List<JsonValue> conditions = filter.getValue() instanceof JsonArray list ? list.items() : List.of(filter.getValue());
            for (JsonValue condition : conditions) {
                all.add(condition(field, condition, "filters." + filter.getKey()));
            }
        }
        if (all.size() > MAX_CONDITIONS) {
            throw GatewayException.invalid("filters", "'filters' holds more than " + MAX_CONDITIONS + " conditions.");
        }
        if (!isDeletedAsked) {
            all.add(summary -> !summary.prompt().isDeleted());
        }
        return summary -> all.stream().allMatch(one -> one.test(summary));
    }

    /** @param sortBy a field, with {@code -} in front for the other way round; {@code id} is the order in which they were made */
    static Comparator<PromptSummary> sorting(String sortBy) {
        String name = sortBy == null || sortBy.isEmpty() ? "-id" : sortBy;
        boolean isDown = name.startsWith("-");
        String plain = isDown ? name.substring(1) : name;
        Function<PromptSummary, Object> field = field(plain.equals("id") ? "created_at" : plain, "sort_by");
        Comparator<PromptSummary> up = Comparator.comparing(field, PromptFilter::compare);
        return (isDown ? up.reversed() : up).thenComparing(summary -> summary.prompt().id());
    }

    private static Function<PromptSummary, Object> field(String name, String param) {
        for (boolean isCurrent : new boolean[] {true, false}) {
            String prefix = isCurrent ? "current_version__" : "live_version__";
            Function<PromptSummary.Version, Object> inside = name.startsWith(prefix) ? OF_VERSION.get(name.substring(prefix.length())) : null;
            if (inside != null) {
                return summary -> {
                    PromptSummary.Version version = isCurrent ? summary.current() : summary.ownLive();
                    return version == null ? null : inside.apply(version);
                };
            }
        }
        Function<PromptSummary, Object> field = FIELDS.get(name);
        if (field == null) {
            throw GatewayException.invalid(param, "Prompts have no field '" + name + "' to " + (param.equals("sort_by") ? "sort" : "filter") + " by.");
        }
        return field;
    }

    private static Predicate<PromptSummary> condition(Function<PromptSummary, Object> field, JsonValue condition, String path) {
        JsonObject object = condition instanceof JsonObject given ? given : null;
        String operator = object == null || object.present("operator") == null ? "" : object.text("operator");
        if (operator == null || !OPERATORS.contains(operator)) {
            throw GatewayException.invalid(path + ".operator", "'" + path + ".operator' is not one of: " + String.join(", ", OPERATORS.stream().sorted().toList()) + ".");
        }
        JsonValue value = object == null ? condition : object.present("value");
        List<JsonValue> values = value instanceof JsonArray list ? list.items() : value == null ? List.of() : List.of(value);
        boolean isAlone = operator.equals("empty") || operator.equals("not_empty");
        if (values.isEmpty() && !isAlone) {
            throw GatewayException.invalid(path + ".value", "'" + path + ".value' is a list of values.");
        }
        Predicate<Object> test = test(operator.startsWith("not_") ? operator.substring(4) : operator.equals("not") ? "" : operator, values);
        boolean isNot = operator.startsWith("not");
        return summary -> test.test(field.apply(summary)) != isNot;
    }

    private static Predicate<Object> test(String operator, List<JsonValue> values) {
        return switch (operator) {
            case "", "in" -> found -> values.stream().anyMatch(value -> equal(found, value));
            case "empty" -> found -> found == null || found.equals("");
            case "lt", "lte", "gt", "gte" -> found -> ordered(operator, found, values.get(0));
            default -> {
                String wanted = text(values.get(0));
                yield found -> found != null && switch (operator) {
                    case "contains" -> found.toString().contains(wanted);
                    case "icontains" -> found.toString().toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
                    case "startswith" -> found.toString().startsWith(wanted);
                    default -> found.toString().endsWith(wanted);
                };
            }
        };
    }

    private static boolean equal(Object found, JsonValue value) {
        Object wanted = like(found, value);
        return found != null && wanted != null && compare(found, wanted) == 0;
    }

    private static boolean ordered(String operator, Object found, JsonValue value) {
        Object wanted = like(found, value);
        if (found == null || wanted == null) {
            return false;
        }
        int order = compare(found, wanted);
        return operator.startsWith("lt") ? order < 0 || operator.endsWith("e") && order == 0 : order > 0 || operator.endsWith("e") && order == 0;
    }

    /** The value in the field's own kind; null when it cannot be one. */
    private static Object like(Object found, JsonValue value) {
        String text = text(value);
        try {
            if (found instanceof BigDecimal) {
                return new BigDecimal(text);
            }
            if (found instanceof Instant) {
                return text.length() == 10 ? Instant.parse(text + "T00:00:00Z") : OffsetDateTime.parse(text).toInstant();
            }
            return found instanceof Boolean ? (Object) (text.equals("true") || text.equals("1")) : text;
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    private static String text(JsonValue value) {
        return value instanceof JsonNumber number ? number.text() : value instanceof JsonLiteral literal ? literal.name().toLowerCase(Locale.ROOT)
                : value.asText() == null ? "" : value.asText();
    }

    /** What is not there comes first. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(Object one, Object other) {
        if (one == null || other == null) {
            return one == other ? 0 : one == null ? -1 : 1;
        }
        return ((Comparable) one).compareTo(other);
    }
}
