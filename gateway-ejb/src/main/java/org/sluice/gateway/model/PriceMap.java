package org.sluice.gateway.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Price;

/**
 * Reads LiteLLM's price map: an object of models by name, prices in USD per token. What it says of batches, priority,
 * images by pixel, seconds and tools has no place in a price and is not read.
 */
final class PriceMap {
    private static final String SAMPLE = "sample_spec";
    private static final String PROVIDER = "litellm_provider";
    private static final Map<String, String> IDS = Map.ofEntries(Map.entry("azure", "azure_openai"), Map.entry("azure_text", "azure_openai"),
            Map.entry("bedrock_converse", "bedrock"), Map.entry("cohere_chat", "cohere"), Map.entry("together_ai", "togetherai"),
            Map.entry("fireworks_ai", "fireworks"), Map.entry("fireworks_ai-embedding-models", "fireworks"), Map.entry("ai21", "ai21labs"),
            Map.entry("voyage", "voyageai"), Map.entry("vercel_ai_gateway", "vercel"), Map.entry("text-completion-openai", "openai"),
            Map.entry("text-completion-codestral", "mistral"), Map.entry("codestral", "mistral"), Map.entry("dashscope", "dashscope"));
    private static final String[][] TIERS = {{"_above_128k_tokens", "128000"}, {"_above_200k_tokens", "200000"}, {"_above_256k_tokens", "256000"},
        {"_above_272k_tokens", "272000"}};

    private PriceMap() { }

    static boolean isOne(JsonObject json) {
        return json.text("provider") == null && json.members().values().stream().anyMatch(value -> value instanceof JsonObject object && object.get(PROVIDER) != null);
    }

    static List<ModelFile> read(JsonObject map, UnaryOperator<String> providerId) {
        Map<String, Map<String, ModelFile.Entry>> byProvider = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> entry : map.members().entrySet()) {
            if (entry.getKey().equals(SAMPLE) || !(entry.getValue() instanceof JsonObject json) || json.text(PROVIDER) == null) {
                continue;
            }
            String id = providerId.apply(id(json.text(PROVIDER)));
            String name = bare(entry.getKey(), json.text(PROVIDER), id, providerId);
            try {
                byProvider.computeIfAbsent(id, key -> new LinkedHashMap<>()).putIfAbsent(name, new ModelFile.Entry(model(id, name, json), List.of()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("model '" + entry.getKey() + "': " + e.getMessage(), e);
            }
        }
        List<ModelFile> files = new ArrayList<>();
        byProvider.forEach((id, entries) -> files.add(new ModelFile(id, id, List.of(), null, List.copyOf(entries.values()))));
        return files;
    }

    private static String id(String litellm) {
        return litellm.startsWith("vertex_ai") ? "google_vertex_ai" : IDS.getOrDefault(litellm, litellm);
    }

    /** The name without the prefix that names its provider. */
    private static String bare(String key, String litellm, String id, UnaryOperator<String> providerId) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        boolean isProvider = prefix.equals(litellm) || !prefix.isEmpty() && providerId.apply(id(prefix)).equals(id);
        return isProvider ? key.substring(slash + 1) : key;
    }

    private static Model model(String id, String name, JsonObject json) {
        return new Model(id, id, name, name, null, type(json.text("mode")), count(json, "max_input_tokens", "max_tokens"), count(json, "max_output_tokens", "max_tokens"),
                price(json), new Model.Capabilities(flag(json, "supports_vision"), flag(json, "supports_function_calling"), flag(json, "supports_reasoning")), false);
    }

    private static Model.Type type(String mode) {
        return switch (mode == null ? "chat" : mode) {
            case "chat", "completion", "responses" -> Model.Type.CHAT;
            case "embedding" -> Model.Type.EMBEDDING;
            case "audio_transcription", "audio_speech", "realtime" -> Model.Type.AUDIO;
            case "image_generation", "image_edit" -> Model.Type.IMAGE;
            default -> Model.Type.OTHER;
        };
    }

    private static Price price(JsonObject json) {
        BigDecimal input = perMillion(json, "input_cost_per_token");
        BigDecimal output = perMillion(json, "output_cost_per_token");
        BigDecimal perCall = amount(json, "input_cost_per_request", 3);
        if (input == null && output == null && perCall == null) {
            return null;
        }
        long from = 0;
        BigDecimal longInput = null;
        BigDecimal longOutput = null;
        for (String[] tier : TIERS) {
            BigDecimal above = perMillion(json, "input_cost_per_token" + tier[0]);
            if (above != null && from == 0) {
                from = Long.parseLong(tier[1]) + 1;
                longInput = above;
                longOutput = perMillion(json, "output_cost_per_token" + tier[0]);
            }
        }
        return new Price(input == null ? BigDecimal.ZERO : input, output == null ? BigDecimal.ZERO : output, perMillion(json, "cache_read_input_token_cost"),
                perMillion(json, "cache_creation_input_token_cost"), perMillion(json, "cache_creation_input_token_cost_above_1hr"),
                perMillion(json, "input_cost_per_audio_token"), perMillion(json, "output_cost_per_audio_token"), perCall, from, longInput, longOutput);
    }

    private static BigDecimal perMillion(JsonObject json, String name) {
        return amount(json, name, 6);
    }

    private static BigDecimal amount(JsonObject json, String name, int digits) {
        JsonValue value = json.present(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonNumber number) || number.decimal().signum() < 0) {
            throw new IllegalArgumentException("'" + name + "' is a number, 0 or more");
        }
        BigDecimal moved = number.decimal().movePointRight(digits).stripTrailingZeros();
        return moved.scale() < 0 ? moved.setScale(0) : moved;
    }

    /** Counts stand as numbers, now and then as text. */
    private static long count(JsonObject json, String... names) {
        for (String name : names) {
            JsonValue value = json.get(name);
            if (value instanceof JsonNumber number) {
                return Math.max(0, number.longValue());
            }
            if (value != null && value.asText() != null && value.asText().matches("\\d{1,12}")) {
                return Long.parseLong(value.asText());
            }
        }
        return 0;
    }

    private static Boolean flag(JsonObject json, String name) {
        JsonValue value = json.present(name);
        return value == null ? null : Boolean.valueOf(value == JsonLiteral.TRUE);
    }
}
