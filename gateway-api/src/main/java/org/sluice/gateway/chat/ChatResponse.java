package org.sluice.gateway.chat;

import java.util.List;
import java.util.Map;
import org.sluice.gateway.usage.Usage;

/**
 * A whole answer.
 *
 * @param id the provider's id, or null
 * @param created epoch seconds, 0 when the provider does not say
 * @param responseModel the model that answered, as the provider names it
 * @param usage null when the provider did not count
 */
public record ChatResponse(String id, long created, String responseModel, List<Choice> choices, Usage usage,
        Map<String, RawJson> extras) {
    public ChatResponse {
        choices = List.copyOf(choices);
        extras = Extras.copy(extras);
    }

    /** @param finishReason null when the provider did not say; {@code extras} e.g. logprobs, stop_sequence */
    public record Choice(int index, Message message, FinishReason finishReason, Map<String, RawJson> extras) {
        public Choice { extras = Extras.copy(extras); }
    }
}
