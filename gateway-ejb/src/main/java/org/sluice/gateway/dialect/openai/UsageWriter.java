package org.sluice.gateway.dialect.openai;

import java.util.Map;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/** Writes usage in both notations, OpenAI's details and Anthropic's cache counts beside them. */
final class UsageWriter {
    static final String PREFIX = "usage.";

    private UsageWriter() { }

    /** @param extras those of the answer; what another dialect said beside its counts ({@link #PREFIX}) goes in too */
    static void write(JsonWriter json, Usage usage, Map<String, RawJson> extras) {
        json.beginObject()
                .name("completion_tokens").value(usage.outputTokens())
                .name("prompt_tokens").value(usage.inputTokens())
                .name("total_tokens").value(usage.totalTokens())
                .name("completion_tokens_details").beginObject()
                .name("accepted_prediction_tokens").value(0)
                .name("audio_tokens").value(usage.audioOutputTokens())
                .name("reasoning_tokens").value(usage.reasoningTokens())
                .name("rejected_prediction_tokens").value(0)
                .endObject()
                .name("prompt_tokens_details").beginObject()
                .name("audio_tokens").value(usage.audioInputTokens())
                .name("cached_tokens").value(usage.cacheReadTokens())
                .name("cache_creation_tokens").value(usage.cacheWriteTokens())
                .endObject()
                .name("cache_creation_input_tokens").value(usage.cacheWriteTokens())
                .name("cache_read_input_tokens").value(usage.cacheReadTokens());
        if (usage.cacheWrite1hTokens() > 0) {
            json.name("cache_creation").beginObject()
                    .name("ephemeral_5m_input_tokens").value(usage.cacheWriteTokens() - usage.cacheWrite1hTokens())
                    .name("ephemeral_1h_input_tokens").value(usage.cacheWrite1hTokens())
                    .endObject();
        }
        Rest.writeNested(json, PREFIX, extras);
        json.endObject();
    }
}
