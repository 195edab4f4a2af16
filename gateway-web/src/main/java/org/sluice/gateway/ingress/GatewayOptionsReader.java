package org.sluice.gateway.ingress;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.call.GatewayOptions.Framing;
import org.sluice.gateway.call.GatewayOptions.Observability;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.credential.AddressNames;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads the gateway's own parameters (contract 1.5, 1.6): top-level members of the body win over {@code respan_params},
 * which win over the header {@code X-Data-Respan-Params}; each has a {@code keywordsai} twin.
 */
final class GatewayOptionsReader {
    /** Every parameter of the gateway. None of them reaches a provider. */
    static final Set<String> NAMES = Set.of("customer_identifier", "customer_params", "customer_email", "customer_name", "metadata",
            "properties", "custom_identifier", "thread_identifier", "session_identifier", "group_identifier", "trace_group_identifier",
            "span_name", "trace_name", "trace_unique_id", "span_unique_id", "span_parent_id", "span_path", "span_workflow_name",
            "disable_log", "request_breakdown", "positive_feedback", "note", "category", "evaluation_identifier", "eval_params",
            "fallback_models", "disable_fallback", "retry_params", "retries", "load_balance_group", "load_balance_models",
            "loadbalance_models", "weight", "hedge", "models", "exclude_models", "exclude_providers", "cache_enabled", "cache_ttl",
            "cache_options", "customer_credentials", "credential_override", "model_name_map", "customer_api_keys", "prompt",
            "variables", "prompt_unit_price", "completion_unit_price", "respan_params", "keywordsai_params", "respan_api_controls",
            "keywordsai_api_controls", "field_name", "delimiter", "mock_response", "posthog_integration", "mem0_params",
            "linkup_params", "moda_params", "hyperspell_params", "timeout", "extra_headers");
    private static final Set<String> RECORDED = Set.of("customer_params", "customer_email", "customer_name", "thread_identifier",
            "session_identifier", "group_identifier", "trace_group_identifier", "span_name", "trace_name", "trace_unique_id",
            "span_unique_id", "span_parent_id", "span_path", "span_workflow_name", "positive_feedback", "note", "category",
            "evaluation_identifier", "fallback_models", "retry_params", "retries", "models", "cache_enabled", "cache_ttl", "cache_options");
    private static final int MOST_HOPS = 3;
    private static final int MAX_HEADER = 16 * 1024;
    private static final int MAX_DIALECT_HEADER = 1024;
    private static final int MAX_MOCK = 64 * 1024;
    private static final int MAX_FRAMING = 64;

    private GatewayOptionsReader() { }

    static GatewayOptions read(RequestOutline outline, Exchange exchange, Door door) {
        Map<String, JsonValue> merged = new LinkedHashMap<>();
        String header = first(exchange.header("X-Data-Respan-Params"), exchange.header("X-Data-Keywordsai-Params"));
        if (header != null) {
            merged.putAll(headerParameters(header).members());
            AddressNames.refuseParameters(merged.keySet(), NAMES, false, "X-Data-Respan-Params");
        }
        for (String nested : new String[] {"keywordsai_params", "respan_params"}) {
            Member member = outline.members().get(nested);
            if (member != null && door.gatewayMembers().contains(nested)) {
                Map<String, JsonValue> inside = object(nested, value(outline, member)).members();
                AddressNames.refuseParameters(inside.keySet(), NAMES, false, nested);
                merged.putAll(inside);
            }
        }
        if (!door.gatewayMembers().isEmpty()) {
            AddressNames.refuseParameters(outline.members().keySet(), NAMES, true, "");
        }
        Set<String> present = new LinkedHashSet<>(merged.keySet());
        for (Map.Entry<String, Member> entry : outline.members().entrySet()) {
            if (door.gatewayMembers().contains(entry.getKey())) {
                present.add(entry.getKey());
                merged.put(entry.getKey(), value(outline, entry.getValue()));
            }
        }
        if (door.isMetadataShared() && outline.members().get("metadata") != null) {
            Map<String, JsonValue> inside = sharedMetadata(value(outline, outline.members().get("metadata")));
            present.addAll(inside.keySet());
            merged.putAll(inside);
        }
        String pinned = exchange.header("X-Respan-Route-Provider");
        boolean isStrict = "true".equalsIgnoreCase(exchange.header("X-Respan-Strict"));
        Map<String, String> dialectHeaders = dialectHeaders(door.dialect(), exchange);
        int hops = hops(exchange.header(GatewayOptions.HOPS_HEADER));
        if (merged.isEmpty() && pinned == null && !isStrict && dialectHeaders.isEmpty() && hops == 0) {
            return GatewayOptions.NONE;
        }
        merged.values().removeIf(JsonValue::isNull);
        present.retainAll(merged.keySet());
        Map<String, String> extraHeaders = new LinkedHashMap<>(ExtraHeaders.read(merged.get("extra_headers")));
        return new GatewayOptions(observability(merged), timeout(merged.get("timeout")),
                extraHeaders, pinned, isStrict, joined(dialectHeaders, door.dialect(), extraHeaders),
                words("mock_response", merged.get("mock_response"), MAX_MOCK), framing(merged), present,
                RoutingReader.read(merged), CredentialsReader.read(merged), PromptReader.read(merged, door.operation()), hops);
    }

    /** A request that comes back again and again is on its way in a circle. */
    private static int hops(String header) {
        if (header == null) {
            return 0;
        }
        if (!header.matches("[0-" + MOST_HOPS + "]")) {
            throw GatewayException.of(ErrorType.API_BASE_NOT_ALLOWED, GatewayOptions.HOPS_HEADER,
                    "The request has been through gateways " + MOST_HOPS + " times; an address leads back to where it came from.");
        }
        return header.charAt(0) - '0';
    }

    /** Anthropic's {@code metadata} is shared: {@code respan_params} and {@code extra_headers} in it are the gateway's (contract 1.5). */
    private static Map<String, JsonValue> sharedMetadata(JsonValue metadata) {
        Map<String, JsonValue> inside = new LinkedHashMap<>();
        if (metadata instanceof JsonObject object) {
            for (String name : new String[] {"keywordsai_params", "respan_params"}) {
                if (object.present(name) != null) {
                    Map<String, JsonValue> parameters = object("metadata." + name, object.present(name)).members();
                    AddressNames.refuseParameters(parameters.keySet(), NAMES, false, "metadata." + name);
                    inside.putAll(parameters);
                }
            }
            if (object.present("extra_headers") != null) {
                inside.put("extra_headers", object.present("extra_headers"));
            }
        }
        return inside;
    }

    private static Map<String, String> dialectHeaders(Dialect dialect, Exchange exchange) {
        Map<String, String> found = Map.of();
        for (String name : dialect.forwardedHeaders()) {
            List<String> values = exchange.headers(name);
            String value = values.isEmpty() ? null : String.join(",", values);
            if (value != null && value.length() <= MAX_DIALECT_HEADER && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
                found = found.isEmpty() ? new LinkedHashMap<>() : found;
                found.put(name, value);
            }
        }
        return found;
    }

    /** {@code extra_headers} may name the dialect's headers too (contract 1.5): a list goes on, anything else is replaced. */
    private static Map<String, String> joined(Map<String, String> dialectHeaders, Dialect dialect, Map<String, String> extraHeaders) {
        Map<String, String> joined = new LinkedHashMap<>(dialectHeaders);
        extraHeaders.entrySet().removeIf(extra -> {
            String name = extra.getKey().toLowerCase(Locale.ROOT);
            if (dialect.forwardedHeaders().contains(name)) {
                joined.merge(name, extra.getValue(), (sent, added) -> name.endsWith("-beta") ? sent + "," + added : added);
                return true;
            }
            return false;
        });
        return joined;
    }

    private static Observability observability(Map<String, JsonValue> merged) {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        merged.forEach((name, value) -> {
            if (RECORDED.contains(name)) {
                fields.put(name, value.raw());
            }
        });
        return new Observability(identifier("customer_identifier", customer(merged)),
                identifier("custom_identifier", merged.get("custom_identifier")), metadata(merged.get("metadata")), raw(merged.get("properties")),
                flag("disable_log", merged), flag("request_breakdown", merged), fields);
    }

    private static Framing framing(Map<String, JsonValue> merged) {
        String prefix = words("field_name", merged.get("field_name"), MAX_FRAMING);
        String delimiter = words("delimiter", merged.get("delimiter"), MAX_FRAMING);
        return prefix == null && delimiter == null ? null
                : new Framing(prefix == null ? "data: " : prefix, delimiter == null ? "\n\n" : delimiter);
    }

    private static String words(String name, JsonValue value, int max) {
        if (value == null) {
            return null;
        }
        if (value.asText() == null || value.asText().length() > max) {
            throw GatewayException.invalid(name, "'" + name + "' is not a string of at most " + max + " characters.");
        }
        return value.asText();
    }

    /** {@code customer_params.customer_identifier} is promoted to the call. */
    private static JsonValue customer(Map<String, JsonValue> merged) {
        JsonValue own = merged.get("customer_identifier");
        return own == null && merged.get("customer_params") instanceof JsonObject params ? params.present("customer_identifier") : own;
    }

    /** A string or an integer; cut to 254 characters, control characters refused. */
    private static String identifier(String name, JsonValue value) {
        if (value == null) {
            return null;
        }
        String text = value instanceof JsonValue.JsonNumber number && number.isLong() ? number.text() : value.asText();
        if (text == null || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw GatewayException.invalid(name, "'" + name + "' is not a string or an integer without control characters.");
        }
        return text.length() <= 254 ? text : text.substring(0, 254);
    }

    private static RawJson metadata(JsonValue value) {
        if (value == null) {
            return null;
        }
        JsonObject metadata = object("metadata", value);
        if (metadata.members().size() > 64 || metadata.raw().text().length() > 16 * 1024) {
            throw GatewayException.invalid("metadata", "'metadata' holds more than 64 members or 16 KiB.");
        }
        return metadata.raw();
    }

    private static Duration timeout(JsonValue value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonValue.JsonNumber seconds) || seconds.decimal().signum() <= 0
                || seconds.decimal().compareTo(java.math.BigDecimal.valueOf(86_400)) > 0) {
            throw GatewayException.invalid("timeout", "'timeout' is not a number of seconds in (0, 86400].");
        }
        return Duration.ofMillis(Math.max(1, seconds.decimal().movePointRight(3).longValue()));
    }

    private static boolean flag(String name, Map<String, JsonValue> merged) {
        JsonValue value = merged.get(name);
        if (value == null || value == JsonValue.JsonLiteral.FALSE) {
            return false;
        }
        if (value != JsonValue.JsonLiteral.TRUE) {
            throw GatewayException.invalid(name, "'" + name + "' is not true or false.");
        }
        return true;
    }

    private static RawJson raw(JsonValue value) {
        return value == null ? null : value.raw();
    }

    private static JsonObject headerParameters(String header) {
        if (header.length() > MAX_HEADER) {
            throw GatewayException.invalid("X-Data-Respan-Params", "The header X-Data-Respan-Params is larger than 16 KiB.");
        }
        try {
            byte[] json = header.startsWith("{") ? header.getBytes(StandardCharsets.UTF_8)
                    : Base64.getDecoder().decode(header.replace('-', '+').replace('_', '/'));
            JsonReader.readMembers(json, NAMES);
            return JsonReader.readObject(json);
        } catch (IllegalArgumentException | GatewayException e) {
            if (e instanceof GatewayException twice && twice.type() == ErrorType.DUPLICATE_KEY) {
                throw twice;
            }
            throw GatewayException.invalid("X-Data-Respan-Params", "The header X-Data-Respan-Params is not a JSON object in base64.");
        }
    }

    private static JsonValue value(RequestOutline outline, Member member) {
        return JsonReader.read(outline.body(), member.valueFrom(), member.valueTo());
    }

    private static JsonObject object(String name, JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw GatewayException.invalid(name, "'" + name + "' is not an object.");
    }

    private static String first(String a, String b) {
        return a != null ? a : b;
    }
}
