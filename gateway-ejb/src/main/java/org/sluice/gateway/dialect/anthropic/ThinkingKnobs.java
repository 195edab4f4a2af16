package org.sluice.gateway.dialect.anthropic;

import java.math.BigDecimal;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.dialect.Losses;

/** What a Claude model that thinks takes, wherever it runs: the temperature stays 1, {@code top_p} near it. */
public final class ThinkingKnobs {
    private static final BigDecimal LEAST_TOP_P = new BigDecimal("0.95");

    private ThinkingKnobs() { }

    /** What it does not take is left out and told. */
    public static Sampling fitted(Sampling asked, Losses losses) {
        boolean isWarm = asked.temperature() == null || new BigDecimal(asked.temperature()).compareTo(BigDecimal.ONE) == 0;
        boolean isNear = asked.topP() == null || new BigDecimal(asked.topP()).compareTo(LEAST_TOP_P) >= 0;
        if (!isWarm) {
            losses.drop("temperature", "a Claude model that thinks takes 1 only.");
        }
        if (!isNear) {
            losses.drop("top_p", "a Claude model that thinks takes 0.95 to 1 only.");
        }
        if (asked.topK() != null) {
            losses.drop("top_k", "a Claude model that thinks takes none.");
        }
        return new Sampling(isWarm ? asked.temperature() : null, isNear ? asked.topP() : null, null, asked.maxTokens(), asked.n(), asked.stop(), asked.seed(),
                asked.presencePenalty(), asked.frequencyPenalty());
    }
}
