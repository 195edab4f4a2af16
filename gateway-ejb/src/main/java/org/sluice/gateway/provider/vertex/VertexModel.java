package org.sluice.gateway.provider.vertex;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who publishes a model and what it is called there. A name may bring its publisher ({@code meta/llama-...}, {@code
 * publishers/google/models/...}); else the beginning of the name tells.
 *
 * @param publisher as Vertex names it; "" when nothing tells, {@value #TUNED} for a tuned Gemini
 */
record VertexModel(String publisher, String name) {
    static final String GOOGLE = "google";
    static final String ANTHROPIC = "anthropic";
    static final String MISTRAL = "mistralai";
    static final String TUNED = "endpoints";
    private static final List<Map.Entry<String, String>> BEGINNINGS = List.of(Map.entry("gemini", GOOGLE), Map.entry("gemma", GOOGLE),
            Map.entry("claude", ANTHROPIC), Map.entry("mistral", MISTRAL), Map.entry("codestral", MISTRAL), Map.entry("ministral", MISTRAL),
            Map.entry("llama", "meta"), Map.entry("deepseek", "deepseek-ai"), Map.entry("qwen", "qwen"), Map.entry("gpt-oss", "openai"),
            Map.entry("kimi", "moonshotai"), Map.entry("minimax", "minimaxai"), Map.entry("glm", "zai-org"), Map.entry("grok", "xai"));

    static VertexModel of(String asked) {
        String name = asked.replaceFirst("^publishers/", "").replace("/models/", "/");
        int slash = name.indexOf('/');
        if (slash > 0) {
            return new VertexModel(name.substring(0, slash), name.substring(slash + 1));
        }
        if (name.matches("\\d{6,}")) {
            return new VertexModel(TUNED, name);
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return new VertexModel(BEGINNINGS.stream().filter(entry -> lower.startsWith(entry.getKey())).map(Map.Entry::getValue).findFirst().orElse(""), name);
    }

    boolean isClaude() {
        return publisher.equals(ANTHROPIC);
    }

    boolean isGemini() {
        return publisher.equals(GOOGLE) && name.startsWith("gemini") || publisher.equals(TUNED);
    }

    boolean isMistral() {
        return publisher.equals(MISTRAL);
    }

    /** As the OpenAI-compatible endpoint wants it. */
    String qualified() {
        return publisher.isEmpty() ? name : publisher + "/" + name;
    }
}
