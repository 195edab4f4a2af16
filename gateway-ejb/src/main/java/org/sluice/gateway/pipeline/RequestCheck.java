package org.sluice.gateway.pipeline;

import java.util.Set;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Operation;

/** What must hold before anybody is asked. */
final class RequestCheck {
    private RequestCheck() { }

    static void check(Call call) {
        checkParameters(call);
        if (call.operation() == Operation.COMPLETION) {
            if (call.outline().value("prompt") == null) {
                throw GatewayException.invalid("prompt", "A legacy completion needs a 'prompt'; for 'messages' call /api/chat/completions.");
            }
            return;
        }
        String conversation = call.ingress().conversationMember();
        Slice messages = call.outline().value(conversation);
        if (messages == null || isEmptyArray(messages)) {
            throw GatewayException.invalid(conversation, "Either prompt or " + conversation + " must be provided.");
        }
    }

    /** Parameters of the gateway itself. */
    static void checkParameters(Call call) {
        Set<String> present = call.options().present();
        if (present.contains("prompt") && call.operation() != Operation.CHAT && call.operation() != Operation.COUNT_TOKENS) {
            throw GatewayException.invalid("prompt", "Managed prompts are for conversations: chat completions, responses, Anthropic messages, Gemini contents.");
        }
    }

    private static boolean isEmptyArray(Slice value) {
        for (int i = value.from() + 1; i < value.to() - 1; i++) {
            byte b = value.array()[i];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
