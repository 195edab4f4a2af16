package org.sluice.gateway.dialect.openai;

import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/**
 * Reads a {@code usage} object in any of the notations of compatible providers into the one of {@link Usage}.
 *
 * <p>xAI leaves reasoning out of {@code completion_tokens}, Mistral leaves audio out of {@code prompt_tokens}; both put
 * them into {@code total_tokens}, by which it is noticed. DeepSeek tells cached tokens as {@code prompt_cache_hit_tokens},
 * older Mistral models as {@code num_cached_tokens}, OpenRouter written ones as {@code cache_write_tokens}. Where several
 * notations stand together the largest holds.
 */
final class UsageReader {
    private UsageReader() { }

    /** Null when the value is no object or counts nothing. */
    static Usage read(JsonValue value) {
        if (!(value instanceof JsonObject usage)
                || count(usage, "prompt_tokens") < 0 && count(usage, "completion_tokens") < 0 && count(usage, "input_tokens") < 0) {
            return null;
        }
        JsonObject in = usage.object("prompt_tokens_details");
        JsonObject out = usage.object("completion_tokens_details");
        long input = Math.max(0, Math.max(count(usage, "prompt_tokens"), count(usage, "input_tokens")));
        long output = Math.max(0, Math.max(count(usage, "completion_tokens"), count(usage, "output_tokens")));
        long reasoning = most(out, "reasoning_tokens", usage, "reasoning_tokens");
        long audioIn = most(in, "audio_tokens");
        long left = count(usage, "total_tokens") - input - output;
        if (left > 0 && (left == reasoning || left == reasoning + audioIn)) {
            output += reasoning;
            left -= reasoning;
        }
        if (left > 0 && left == audioIn) {
            input += audioIn;
        }
        long cacheRead = Math.min(input, Math.max(most(in, "cached_tokens", usage, "cache_read_input_tokens"),
                most(usage, "prompt_cache_hit_tokens", usage, "num_cached_tokens")));
        long cacheWrite = Math.min(input - cacheRead, Math.max(most(in, "cache_creation_tokens", usage, "cache_creation_input_tokens"),
                most(in, "cache_write_tokens")));
        long hourly = Math.min(cacheWrite, most(usage.object("cache_creation"), "ephemeral_1h_input_tokens"));
        return new Usage(input, output, cacheRead, cacheWrite, hourly, Math.min(output, reasoning),
                Math.min(input - cacheRead - cacheWrite, audioIn), Math.min(output, most(out, "audio_tokens")));
    }

    private static long most(JsonObject first, String firstName, JsonObject second, String secondName) {
        return Math.max(most(first, firstName), most(second, secondName));
    }

    private static long most(JsonObject object, String name) {
        return object == null ? 0 : Math.max(0, count(object, name));
    }

    /** -1 when absent or not a count. */
    private static long count(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number && number.isLong() ? number.longValue() : -1;
    }
}
