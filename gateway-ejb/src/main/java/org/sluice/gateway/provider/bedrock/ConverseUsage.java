package org.sluice.gateway.provider.bedrock;

import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/** The counters of an answer. {@code inputTokens} leaves the prompt cache out; {@link Usage} has it in. */
final class ConverseUsage {
    private ConverseUsage() { }

    /** Null when nothing was counted. */
    static Usage read(JsonObject usage) {
        if (usage == null || usage.present("inputTokens") == null && usage.present("outputTokens") == null) {
            return null;
        }
        long read = count(usage, "cacheReadInputTokens");
        long written = count(usage, "cacheWriteInputTokens");
        long written1h = 0;
        for (JsonValue item : usage.items("cacheDetails")) {
            written1h += item instanceof JsonObject detail && "1h".equals(detail.text("ttl")) ? count(detail, "inputTokens") : 0;
        }
        return new Usage(count(usage, "inputTokens") + read + written, count(usage, "outputTokens"), read, written,
                Math.min(written1h, written), 0, 0, 0);
    }

    private static long count(JsonObject object, String name) {
        return Math.max(0, object.number(name, 0));
    }
}
