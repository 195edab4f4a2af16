package org.sluice.gateway.route;

import java.util.function.ToLongFunction;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.provider.Operation;

/** What a request needs of a model. Looked at only where there is a choice: it may read the whole request. */
final class Needs {
    private static final int BYTES_PER_TOKEN = 4;
    private static final String[] ANSWER_LIMITS = {"max_completion_tokens", "max_tokens", "max_output_tokens"};
    private final Call call;
    private ChatRequest request;
    private boolean isUnreadable;

    Needs(Call call) {
        this.call = call;
    }

    /** Whether the catalogue does not say that the model lacks what is needed. */
    boolean areMetBy(Model model) {
        ChatRequest read = model == null || call.operation() != Operation.CHAT ? null : request();
        if (read == null) {
            return true;
        }
        Model.Capabilities can = model.capabilities();
        return (can == null || !Boolean.FALSE.equals(can.tools()) || read.tools().offered().isEmpty())
                && (can == null || !Boolean.FALSE.equals(can.vision()) || read.messages().stream().noneMatch(Needs::hasImage))
                && (model.type() == null || model.type() == Model.Type.CHAT);
    }

    /** The same, and it must be known to be able. */
    boolean areSurelyMetBy(Model model) {
        ChatRequest read = request();
        return model.type() == Model.Type.CHAT && model.capabilities() != null && read != null && areMetBy(model)
                && (read.tools().offered().isEmpty() || Boolean.TRUE.equals(model.capabilities().tools()))
                && (read.messages().stream().noneMatch(Needs::hasImage) || Boolean.TRUE.equals(model.capabilities().vision()))
                && fits(model.contextWindow());
    }

    /** Whether prompt and answer are within this many tokens as far as can be told; yes where the window is not known. */
    boolean fits(long contextWindow) {
        return contextWindow <= 0 || call.operation() != Operation.CHAT || tokens(outline -> length(outline) / BYTES_PER_TOKEN) <= contextWindow
                || request() == null || tokens(outline -> TokenEstimate.of(request())) <= contextWindow;
    }

    /** By rule of thumb. */
    long tokens() {
        return tokens(outline -> request() == null ? length(outline) / BYTES_PER_TOKEN : TokenEstimate.of(request()));
    }

    private long tokens(ToLongFunction<Call> prompt) {
        return prompt.applyAsLong(call) + answerLimit();
    }

    private static long length(Call call) {
        Slice messages = call.outline().value(call.ingress().conversationMember());
        return messages == null ? 0 : messages.length();
    }

    private long answerLimit() {
        for (String name : ANSWER_LIMITS) {
            Slice value = call.outline().value(name);
            if (value != null && JsonReader.read(value.array(), value.from(), value.to()) instanceof JsonValue.JsonNumber number && number.isLong()) {
                return Math.max(0, number.longValue());
            }
        }
        return 0;
    }

    /** Null when only its provider could read it. */
    private ChatRequest request() {
        if (request == null && !isUnreadable) {
            try {
                request = call.request();
            } catch (GatewayException notCanonical) {
                isUnreadable = true;
            }
        }
        return request;
    }

    private static boolean hasImage(Message message) {
        return message.parts().stream().anyMatch(Part.Image.class::isInstance);
    }
}
