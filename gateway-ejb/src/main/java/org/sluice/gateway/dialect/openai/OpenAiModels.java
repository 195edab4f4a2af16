package org.sluice.gateway.dialect.openai;

/**
 * OpenAI's own models by name. They refuse members that compatible providers take ({@code thinking}, {@code
 * cache_control}), and the reasoning ones among them know {@code max_completion_tokens} only.
 */
final class OpenAiModels {
    private OpenAiModels() { }

    static boolean isOpenAi(String model) {
        return model.startsWith("gpt-") && !model.startsWith("gpt-oss") || model.startsWith("chatgpt-") || isReasoning(model);
    }

    static boolean isReasoning(String model) {
        return model.startsWith("gpt-5") || model.length() > 1 && model.charAt(0) == 'o' && Character.isDigit(model.charAt(1))
                || model.startsWith("codex-");
    }
}
