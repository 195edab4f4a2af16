package org.sluice.gateway.dialect.responses;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/** The {@code usage} of an answer. What is said beside the counts are extras under {@value #PREFIX}. */
final class UsageCount {
    static final String PREFIX = "usage.";
    private static final Set<String> KNOWN = Set.of("input_tokens", "output_tokens", "total_tokens", "input_tokens_details", "output_tokens_details");

    private UsageCount() { }

    /** Null when nothing is counted. */
    static Usage read(JsonValue value) {
        if (!(value instanceof JsonObject usage) || count(usage, "input_tokens") < 0 && count(usage, "output_tokens") < 0) {
            return null;
        }
        JsonObject in = usage.object("input_tokens_details");
        JsonObject out = usage.object("output_tokens_details");
        long input = Math.max(0, count(usage, "input_tokens"));
        long output = Math.max(0, count(usage, "output_tokens"));
        long cached = Math.min(input, detail(in, "cached_tokens"));
        long written = Math.min(input - cached, detail(in, "cache_write_tokens"));
        return new Usage(input, output, cached, written, 0, Math.min(output, detail(out, "reasoning_tokens")),
                Math.min(input - cached - written, detail(in, "audio_tokens")), Math.min(output, detail(out, "audio_tokens")));
    }

    static Map<String, RawJson> extras(JsonValue value) {
        Map<String, RawJson> extras = new LinkedHashMap<>();
        if (value instanceof JsonObject usage) {
            Rest.add(extras, PREFIX, usage, KNOWN);
        }
        return extras;
    }

    static void write(JsonWriter json, Usage usage, Map<String, RawJson> extras) {
        if (usage == null) {
            json.name("usage").value(null);
            return;
        }
        json.name("usage").beginObject().name("input_tokens").value(usage.inputTokens())
                .name("input_tokens_details").beginObject().name("cached_tokens").value(usage.cacheReadTokens())
                .name("cache_write_tokens").value(usage.cacheWriteTokens());
        if (usage.audioInputTokens() > 0) {
            json.name("audio_tokens").value(usage.audioInputTokens());
        }
        json.endObject().name("output_tokens").value(usage.outputTokens())
                .name("output_tokens_details").beginObject().name("reasoning_tokens").value(usage.reasoningTokens());
        if (usage.audioOutputTokens() > 0) {
            json.name("audio_tokens").value(usage.audioOutputTokens());
        }
        json.endObject().name("total_tokens").value(usage.totalTokens());
        Rest.writeNested(json, PREFIX, extras);
        json.endObject();
    }

    private static long detail(JsonObject details, String name) {
        return details == null ? 0 : Math.max(0, count(details, name));
    }

    /** -1 when absent or not a count. */
    private static long count(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number && number.isLong() ? number.longValue() : -1;
    }
}
