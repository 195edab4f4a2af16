package org.sluice.gateway.attempt;

import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.model.Model;

/**
 * Keeps {@code max_tokens} within what the catalogue says a model can answer, when a request crosses dialects: a client made
 * for one provider's models always asks for their bound, which others refuse.
 */
final class TokenBound {
    private TokenBound() { }

    /** @param model null when the catalogue does not know it */
    static ChatRequest within(ChatRequest request, Model model, Losses losses) {
        Sampling asked = request.sampling();
        if (model == null || model.maxOutput() <= 0 || asked.maxTokens() == null || asked.maxTokens() <= model.maxOutput()) {
            return request;
        }
        losses.change("max_tokens", model.maxOutput() + " was sent, the most that this model answers.");
        Sampling bound = new Sampling(asked.temperature(), asked.topP(), asked.topK(), model.maxOutput(), asked.n(), asked.stop(), asked.seed(), asked.presencePenalty(), asked.frequencyPenalty());
        return new ChatRequest(request.dialect(), request.model(), request.messages(), request.tools(), bound, request.reasoning(), request.responseFormat(), request.stream(),
                request.includeUsage(), request.user(), request.extras());
    }
}
