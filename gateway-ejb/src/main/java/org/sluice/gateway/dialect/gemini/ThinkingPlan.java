package org.sluice.gateway.dialect.gemini;

import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonWriter;

/** How hard the model thinks, as {@code thinkingConfig}; the table stands in the package's description. */
final class ThinkingPlan {
    private static final Set<String> EFFORTS = Set.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    private static final long LOW_BUDGET = 2_048;
    private static final long MEDIUM_BUDGET = 8_192;

    private ThinkingPlan() { }

    /** Null when nothing is to be said. */
    static RawJson of(ChatRequest request, GeminiModel model, Losses losses) {
        Reasoning reasoning = request.reasoning();
        RawJson own = request.dialect().equals(GeminiDialect.NAME) ? request.extras().get(RequestReader.THINKING) : null;
        if (own != null) {
            return own;
        }
        String effort = reasoning.effort();
        if (effort != null && !EFFORTS.contains(effort)) {
            throw GatewayException.invalid("reasoning_effort", "'reasoning_effort' is not one of none, minimal, low, medium, high, xhigh, max.");
        }
        if (effort == null && reasoning.budgetTokens() == null && reasoning.enabled() == null) {
            return null;
        }
        boolean isOff = "none".equals(effort) || effort == null && Boolean.FALSE.equals(reasoning.enabled());
        if (model.thinking() == GeminiModel.Thinking.NONE) {
            if (!isOff) {
                losses.drop("reasoning_effort", "this model does not think.");
            }
            return null;
        }
        return model.thinking() == GeminiModel.Thinking.LEVEL ? level(reasoning, model, isOff) : budget(reasoning, model, isOff);
    }

    private static RawJson level(Reasoning reasoning, GeminiModel model, boolean isOff) {
        Long budget = reasoning.budgetTokens();
        String wanted = isOff ? "none" : reasoning.effort() != null ? reasoning.effort()
                : budget == null ? null : budget <= LOW_BUDGET ? "low" : budget <= MEDIUM_BUDGET ? "medium" : "high";
        JsonWriter json = new JsonWriter(64).beginObject().optional("thinkingLevel", wanted == null ? null : model.level(wanted));
        if (!isOff) {
            json.name("includeThoughts").value(true);
        }
        return new RawJson(json.endObject().toText());
    }

    /** Google's own table for efforts; -1 lets the model decide. */
    private static RawJson budget(Reasoning reasoning, GeminiModel model, boolean isOff) {
        Long given = reasoning.budgetTokens();
        long wanted = given != null ? given : reasoning.effort() == null ? -1 : switch (reasoning.effort()) {
            case "minimal", "low" -> 1_024;
            case "medium" -> MEDIUM_BUDGET;
            case "high" -> 24_576;
            default -> model.mostBudget();
        };
        long fitted = isOff ? model.canStopThinking() ? 0 : model.leastBudget()
                : wanted < 0 ? -1 : Math.max(model.leastBudget(), Math.min(model.mostBudget(), wanted));
        JsonWriter json = new JsonWriter(64).beginObject().name("thinkingBudget").value(fitted);
        if (!isOff) {
            json.name("includeThoughts").value(true);
        }
        return new RawJson(json.endObject().toText());
    }
}
