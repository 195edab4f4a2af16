package org.sluice.gateway.dialect.retrieval;

import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/** Finds the counted tokens of an answer that is no chat, wherever providers put them. */
public final class TokenCount {
    private TokenCount() { }

    /** Null when nothing is counted in a known place. */
    public static Usage of(JsonObject answer) {
        if (answer.object("usage") != null) {
            return plain(answer.object("usage"));
        }
        if (answer.object("usageMetadata") != null) {
            JsonObject google = answer.object("usageMetadata");
            long input = most(google, "promptTokenCount");
            long output = most(google, "candidatesTokenCount") + most(google, "thoughtsTokenCount");
            return input + output == 0 ? null : Usage.of(input, output);
        }
        JsonObject meta = answer.object("meta");
        if (meta == null) {
            return answer.object("message") == null ? null : answer.object("message").object("usage") == null ? null : of(answer.object("message"));
        }
        JsonObject counted = meta.object("tokens") != null ? meta.object("tokens") : meta.object("billed_units");
        return counted == null || !has(counted, "input_tokens") ? null : plain(counted);
    }

    private static Usage plain(JsonObject usage) {
        boolean isKnown = has(usage, "prompt_tokens") || has(usage, "input_tokens") || has(usage, "total_tokens") || has(usage, "output_tokens");
        if (!isKnown) {
            return null;
        }
        long output = Math.max(most(usage, "completion_tokens"), most(usage, "output_tokens"));
        long input = Math.max(most(usage, "prompt_tokens"), most(usage, "input_tokens"));
        if (!has(usage, "prompt_tokens") && !has(usage, "input_tokens")) {
            input = Math.max(0, most(usage, "total_tokens") - output);
        }
        long read = most(usage, "cache_read_input_tokens");
        long written = most(usage, "cache_creation_input_tokens");
        if (!has(usage, "prompt_tokens")) {
            input += read + written; // Anthropic counts them beside the input
        }
        JsonObject details = usage.object("input_token_details") != null ? usage.object("input_token_details") : usage.object("prompt_tokens_details");
        long audio = details == null ? 0 : Math.min(input, most(details, "audio_tokens"));
        return new Usage(input, output, read, written, 0, 0, Math.min(audio, input - read - written), 0);
    }

    private static boolean has(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number && number.isLong();
    }

    private static long most(JsonObject object, String name) {
        return Math.max(0, object.number(name, 0));
    }
}
