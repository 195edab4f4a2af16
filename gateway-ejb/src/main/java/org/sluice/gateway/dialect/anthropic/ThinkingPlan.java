package org.sluice.gateway.dialect.anthropic;

import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.GatewayException;

/**
 * How hard the model thinks, in the words it takes; the table stands in the package's description.
 *
 * @param thinking the {@code thinking} object, or null
 * @param effort {@code output_config.effort}, or null
 * @param budgetTokens of {@code thinking}, 0 when there is none
 */
record ThinkingPlan(RawJson thinking, String effort, long budgetTokens) {
    private static final Set<String> EFFORTS = Set.of("none", "minimal", "low", "medium", "high", "xhigh", "max");
    private static final ThinkingPlan UNSAID = new ThinkingPlan(null, null, 0);
    private static final RawJson OFF = new RawJson("{\"type\":\"disabled\"}");
    private static final long LEAST_BUDGET = 1024;

    /** @param mayThink false when something in the request rules out thinking that the caller did not spell out */
    static ThinkingPlan of(ChatRequest request, ClaudeModel model, boolean mayThink) {
        Reasoning reasoning = request.reasoning();
        String effort = reasoning.effort();
        if (effort != null && !EFFORTS.contains(effort)) {
            throw GatewayException.invalid("reasoning_effort", "'reasoning_effort' is not one of none, minimal, low, medium, high, xhigh, max.");
        }
        boolean takesEffort = model.thinking() == ClaudeModel.Thinking.ADAPTIVE && effort != null && !effort.equals("none");
        if (reasoning.raw() != null && (request.dialect().equals(AnthropicDialect.NAME) || isWhole(reasoning))) {
            long budget = reasoning.budgetTokens() == null ? 0 : reasoning.budgetTokens();
            return new ThinkingPlan(reasoning.raw(), takesEffort ? model.effort(effort) : null, budget);
        }
        if ("none".equals(effort) || Boolean.FALSE.equals(reasoning.enabled())) {
            return off(model);
        }
        if (effort == null && reasoning.budgetTokens() == null && reasoning.enabled() == null) {
            return UNSAID;
        }
        return switch (model.thinking()) {
            case NONE -> UNSAID;
            case BUDGET -> mayThink ? budget(request) : UNSAID;
            case ADAPTIVE -> adaptive(reasoning, model, mayThink);
        };
    }

    /** Other providers' {@code thinking} may be enabled without a budget, which Anthropic asks for. */
    private static boolean isWhole(Reasoning reasoning) {
        return reasoning.budgetTokens() != null || !Boolean.TRUE.equals(reasoning.enabled());
    }

    boolean isOn() {
        return thinking != null && !thinking.text().contains("\"disabled\"");
    }

    /**
     * The knobs that a thinking model takes. A caller who spells out Anthropic's
     * {@code thinking} knows that, and is sent on as he is.
     */
    Sampling fitted(ChatRequest request, Losses losses) {
        boolean isSpelledOut = request.dialect().equals(AnthropicDialect.NAME) || request.reasoning().raw() != null && isWhole(request.reasoning());
        return isOn() && !isSpelledOut ? ThinkingKnobs.fitted(request.sampling(), losses) : request.sampling();
    }

    private static ThinkingPlan off(ClaudeModel model) {
        if (model.thinking() != ClaudeModel.Thinking.ADAPTIVE) {
            return UNSAID;
        }
        return model.canStopThinking() ? new ThinkingPlan(OFF, null, 0) : new ThinkingPlan(null, "low", 0);
    }

    private static ThinkingPlan adaptive(Reasoning reasoning, ClaudeModel model, boolean mayThink) {
        Long budget = reasoning.budgetTokens();
        String wanted = reasoning.effort() != null ? reasoning.effort()
                : budget == null ? null : budget <= 2048 ? "low" : budget <= 8192 ? "medium" : "high";
        RawJson thinking = new RawJson(model.hidesThinking()
                ? "{\"type\":\"adaptive\",\"display\":\"summarized\"}" : "{\"type\":\"adaptive\"}");
        return new ThinkingPlan(mayThink ? thinking : null, wanted == null ? null : model.effort(wanted), 0);
    }

    /** At most three quarters of {@code max_tokens}, which holds thinking and text. */
    private static ThinkingPlan budget(ChatRequest request) {
        Reasoning reasoning = request.reasoning();
        long wanted = reasoning.budgetTokens() != null ? Math.max(LEAST_BUDGET, reasoning.budgetTokens())
                : reasoning.effort() == null ? 8192 : switch (reasoning.effort()) {
                    case "minimal" -> LEAST_BUDGET;
                    case "low" -> 2048;
                    case "medium" -> 8192;
                    case "high" -> 16384;
                    default -> 24576;
                };
        Long max = request.sampling().maxTokens();
        long budget = max == null ? wanted : Math.min(wanted, max - max / 4);
        return budget < LEAST_BUDGET ? UNSAID
                : new ThinkingPlan(new RawJson("{\"type\":\"enabled\",\"budget_tokens\":" + budget + "}"), null, budget);
    }
}
