package org.sluice.gateway.dialect.openai;

import java.util.Locale;

/**
 * Whose model is asked, told by its name: it decides which members beyond the common ones may be written. OpenAI's own
 * refuse members they do not know; whoever serves Claude in this dialect takes Anthropic's blocks and tools as they are.
 */
enum ModelFamily {
    OPENAI, CLAUDE, OTHER;

    static ModelFamily of(String model) {
        return OpenAiModels.isOpenAi(model) ? OPENAI : model.toLowerCase(Locale.ROOT).contains("claude") ? CLAUDE : OTHER;
    }

    /** Whether a piece that only this dialect knows can be written. */
    boolean takes(String dialect) {
        return dialect.equals(OpenAiDialect.NAME) || this == CLAUDE && dialect.equals("anthropic");
    }
}
