package org.sluice.gateway.dialect.gemini;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/**
 * The counters of one answer. In a stream every event tells them again, cumulative: of each counter the last value holds.
 * {@code candidatesTokenCount} leaves thoughts out, {@code promptTokenCount} leaves out what tools brought; {@link Usage}
 * has both in.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#UsageMetadata">Gemini API: UsageMetadata</a>
 */
final class UsageCount {
    /** Prefix of what is said about usage beyond the counters. */
    static final String PREFIX = "usage.";
    private static final String TOOL_USE = "toolUsePromptTokenCount";
    private static final Set<String> COUNTERS = Set.of("promptTokenCount", "candidatesTokenCount", "totalTokenCount",
            "thoughtsTokenCount", "cachedContentTokenCount");
    private static final Set<String> OWN = Set.of("promptTokensDetails", "candidatesTokensDetails", "cacheTokensDetails", TOOL_USE,
            "toolUsePromptTokensDetails", "trafficType", "serviceTier");
    private static final int AUDIO = 4;
    private long prompt;
    private long candidates;
    private long thoughts;
    private long toolUse;
    private long cached;
    private long audioInput;
    private long audioCached;
    private long audioOutput;
    private boolean isCounted;

    /** @param usage the {@code usageMetadata} object, or null */
    void read(JsonObject usage) {
        if (usage == null) {
            return;
        }
        isCounted |= Fields.number(usage, "promptTokenCount", -1) >= 0 || Fields.number(usage, "candidatesTokenCount", -1) >= 0;
        prompt = count(usage, "promptTokenCount", prompt);
        candidates = count(usage, "candidatesTokenCount", candidates);
        thoughts = count(usage, "thoughtsTokenCount", thoughts);
        toolUse = count(usage, TOOL_USE, toolUse);
        cached = count(usage, "cachedContentTokenCount", cached);
        audioInput = audio(usage, "promptTokensDetails", audioInput);
        audioCached = audio(usage, "cacheTokensDetails", audioCached);
        audioOutput = audio(usage, "candidatesTokensDetails", audioOutput);
    }

    private static long count(JsonObject usage, String name, long otherwise) {
        long count = Fields.number(usage, name, otherwise);
        return count < 0 ? otherwise : count;
    }

    private static long audio(JsonObject usage, String name, long otherwise) {
        for (JsonValue item : Fields.items(usage, name)) {
            if (item instanceof JsonObject detail && ("AUDIO".equals(Fields.text(detail, "modality")) || Fields.number(detail, "modality", 0) == AUDIO)) {
                return count(detail, "tokenCount", otherwise);
            }
        }
        return otherwise;
    }

    /** Null when nothing was counted. */
    Usage usage() {
        return isCounted ? new Usage(prompt + toolUse, candidates + thoughts, Math.min(cached, prompt), 0, 0, thoughts,
                Math.max(0, audioInput - audioCached), audioOutput) : null;
    }

    /** Members that are no counters, under {@link #PREFIX}. */
    static Map<String, RawJson> extras(JsonObject usage) {
        Map<String, RawJson> extras = new LinkedHashMap<>();
        Rest.add(extras, PREFIX, usage, COUNTERS);
        return extras;
    }

    /** Writes {@code usageMetadata}; nothing when nobody said anything about it. */
    static void write(JsonWriter json, Usage usage, Map<String, RawJson> extras) {
        if (usage == null && extras.keySet().stream().noneMatch(UsageCount::isOwn)) {
            return;
        }
        json.name("usageMetadata").beginObject();
        if (usage != null) {
            counters(json, usage, extras);
        }
        extras.forEach((name, value) -> {
            if (isOwn(name)) {
                json.name(name.substring(PREFIX.length())).raw(value);
            }
        });
        json.endObject();
    }

    private static boolean isOwn(String extra) {
        return extra.startsWith(PREFIX) && OWN.contains(Fields.camel(extra.substring(PREFIX.length())));
    }

    private static void counters(JsonWriter json, Usage usage, Map<String, RawJson> extras) {
        RawJson brought = extras.get(PREFIX + TOOL_USE);
        long byTools = brought == null ? 0 : Math.min(usage.inputTokens(), Math.max(0, Fields.number(ProviderJson.value(brought), 0)));
        long thought = Math.min(usage.reasoningTokens(), usage.outputTokens());
        json.name("promptTokenCount").value(usage.inputTokens() - byTools)
                .name("candidatesTokenCount").value(usage.outputTokens() - thought)
                .name("totalTokenCount").value(usage.totalTokens());
        if (usage.cacheReadTokens() > 0) {
            json.name("cachedContentTokenCount").value(usage.cacheReadTokens());
        }
        if (thought > 0) {
            json.name("thoughtsTokenCount").value(thought);
        }
        details(json, "promptTokensDetails", usage.audioInputTokens(), usage.inputTokens() - byTools, extras);
        details(json, "candidatesTokensDetails", usage.audioOutputTokens(), usage.outputTokens() - thought, extras);
    }

    /** Sound that another dialect counted. */
    private static void details(JsonWriter json, String name, long audio, long all, Map<String, RawJson> extras) {
        if (audio > 0 && !extras.containsKey(PREFIX + name)) {
            json.name(name).beginArray().beginObject().name("modality").value("AUDIO").name("tokenCount").value(audio).endObject();
            if (all > audio) {
                json.beginObject().name("modality").value("TEXT").name("tokenCount").value(all - audio).endObject();
            }
            json.endArray();
        }
    }
}
