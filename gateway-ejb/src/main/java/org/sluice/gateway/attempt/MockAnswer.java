package org.sluice.gateway.attempt;

import java.util.List;
import java.util.Map;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.usage.Usage;

/** The answer of a call with {@code mock_response}: that text, in the client's dialect, without asking anybody. */
final class MockAnswer {
    private static final int BYTES_PER_TOKEN = 4;

    private MockAnswer() { }

    static Answer of(Call call, Target target) {
        String text = call.options().mockResponse();
        String id = "mock-" + call.id();
        String model = call.model().isEmpty() ? target.requested() : call.model();
        long created = call.receivedAt().getEpochSecond();
        Slice messages = call.outline().value(call.ingress().conversationMember());
        Usage usage = Usage.of(tokens(messages == null ? 0 : messages.length()), tokens(text.length()));
        if (!call.isStream()) {
            ChatResponse.Choice choice = new ChatResponse.Choice(0, Message.text(Role.ASSISTANT, text), FinishReason.STOP, Map.of());
            ChatResponse response = new ChatResponse(id, created, model, List.of(choice), usage, Map.of());
            return new Answer.Whole(target, call.ingress().writeResponse(response, call.outline()), new ResponseOutline(id, model, usage, false));
        }
        List<ChatChunk> chunks = List.of(new ChatChunk.Started(id, model, created, Map.of()), new ChatChunk.TextDelta(0, 0, text),
                new ChatChunk.PartEnded(0, 0), new ChatChunk.Finished(0, FinishReason.STOP, Map.of()), new ChatChunk.Counted(usage), new ChatChunk.Ended());
        return new Answer.Streamed(target, new TranslatedFrames(chunks, call.ingress().chunkWriter(call.outline())));
    }

    private static long tokens(long length) {
        return (length + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
