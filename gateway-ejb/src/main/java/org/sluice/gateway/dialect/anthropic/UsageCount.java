package org.sluice.gateway.dialect.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/**
 * The counters of one answer. In a stream they come more than once and are cumulative: of each counter the last value
 * holds. {@code input_tokens} leaves the prompt cache out; {@link Usage} has it in.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/streaming">Claude: streaming</a>
 */
final class UsageCount {
    /** Prefix of what is said about usage beyond the counters. */
    static final String PREFIX = "usage.";
    private static final Set<String> COUNTERS = Set.of("input_tokens", "output_tokens", "cache_read_input_tokens",
            "cache_creation_input_tokens", "cache_creation", "output_tokens_details");
    private long input;
    private long output;
    private long cacheRead;
    private long cacheWrite;
    private long write1h;
    private long reasoning;
    private boolean isCounted;

    /** @param usage the {@code usage} object, or null */
    void read(JsonObject usage) {
        if (usage == null) {
            return;
        }
        isCounted |= usage.present("input_tokens") != null || usage.present("output_tokens") != null;
        input = count(usage, "input_tokens", input);
        output = count(usage, "output_tokens", output);
        cacheRead = count(usage, "cache_read_input_tokens", cacheRead);
        cacheWrite = count(usage, "cache_creation_input_tokens", cacheWrite);
        JsonObject writes = usage.object("cache_creation");
        if (writes != null) {
            write1h = count(writes, "ephemeral_1h_input_tokens", write1h);
            if (usage.present("cache_creation_input_tokens") == null) {
                cacheWrite = write1h + count(writes, "ephemeral_5m_input_tokens", 0);
            }
        }
        if (usage.object("output_tokens_details") != null) {
            reasoning = count(usage.object("output_tokens_details"), "thinking_tokens", reasoning);
        }
    }

    private static long count(JsonObject object, String name, long otherwise) {
        return object.get(name) instanceof JsonNumber number && number.isLong() && number.longValue() >= 0 ? number.longValue() : otherwise;
    }

    /** Null when nothing was counted. */
    Usage usage() {
        return isCounted ? new Usage(input + cacheRead + cacheWrite, output, cacheRead, cacheWrite, Math.min(write1h, cacheWrite),
                Math.min(reasoning, output), 0, 0) : null;
    }

    /** Members that are no counters, under {@link #PREFIX}. */
    static Map<String, RawJson> extras(JsonObject usage) {
        Map<String, RawJson> extras = new LinkedHashMap<>();
        Rest.add(extras, PREFIX, usage, COUNTERS);
        return extras;
    }

    /** Writes a {@code usage} object; zeros when {@code usage} is null. */
    static void write(JsonWriter json, Usage usage, Map<String, RawJson> extras) {
        Usage counted = usage == null ? Usage.NONE : usage;
        json.beginObject()
                .name("input_tokens").value(Math.max(0, counted.inputTokens() - counted.cacheReadTokens() - counted.cacheWriteTokens()))
                .name("cache_creation_input_tokens").value(counted.cacheWriteTokens())
                .name("cache_read_input_tokens").value(counted.cacheReadTokens());
        if (counted.cacheWriteTokens() > 0) {
            json.name("cache_creation").beginObject()
                    .name("ephemeral_5m_input_tokens").value(counted.cacheWriteTokens() - counted.cacheWrite1hTokens())
                    .name("ephemeral_1h_input_tokens").value(counted.cacheWrite1hTokens()).endObject();
        }
        json.name("output_tokens").value(counted.outputTokens());
        if (counted.reasoningTokens() > 0) {
            json.name("output_tokens_details").beginObject().name("thinking_tokens").value(counted.reasoningTokens()).endObject();
        }
        Rest.writeNested(json, PREFIX, extras);
        json.endObject();
    }
}
