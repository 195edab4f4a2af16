package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** OpenAI: <a href="https://platform.openai.com/docs/api-reference/chat">API reference</a>. */
@ApplicationScoped
public class OpenAi extends OpenAiCompatible {
    private static final List<String> PREFIXES = List.of("gpt-", "chatgpt-", "o1", "o3", "o4", "codex-", "computer-use-", "ft:gpt-",
            "text-embedding-3-", "text-embedding-ada-", "omni-moderation-", "text-moderation-", "tts-1", "whisper-1", "dall-e-", "babbage-", "davinci-");

    public OpenAi() {
        super("openai", "https://api.openai.com/v1");
    }

    @Override
    public boolean claims(String model) {
        return PREFIXES.stream().anyMatch(model::startsWith);
    }

    @Override
    protected boolean hasResponses() {
        return true;
    }

    @Override
    public boolean keepsAnswers() {
        return true;
    }
}
