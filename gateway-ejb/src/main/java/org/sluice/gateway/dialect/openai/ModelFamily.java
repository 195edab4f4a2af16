package org.sluice.gateway.dialect.openai;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whose model is asked, told by its name: it decides which members beyond the common ones may be written. OpenAI's own
 * refuse members they do not know; whoever serves Claude in this dialect takes Anthropic's blocks and tools as they are.
 */
enum ModelFamily {
    OPENAI, CLAUDE,
    /** Open models whose servers take {@code thinking} and {@code reasoning_content}. */
    THINKING, OTHER;

    private static final Pattern THINKERS = Pattern.compile("deepseek|glm-|kimi|minimax|qwen|mimo");


    static ModelFamily of(String model) {
        String lower = model.toLowerCase(Locale.ROOT);
        return OpenAiModels.isOpenAi(model) ? OPENAI : lower.contains("claude") ? CLAUDE : THINKERS.matcher(lower).find() ? THINKING : OTHER;
    }

    /** Whether a piece that only this dialect knows can be written. */
    boolean takes(String dialect) {
        return dialect.equals(OpenAiDialect.NAME) || this == CLAUDE && dialect.equals("anthropic");
    }
}
