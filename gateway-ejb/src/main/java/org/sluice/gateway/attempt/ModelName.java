package org.sluice.gateway.attempt;

import java.util.ArrayList;
import java.util.List;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.route.Target;

/** Names the model in the answer of a provider that does not: clients expect a name, and it was the one asked. */
final class ModelName implements ChunkReader {
    private final ChunkReader reader;
    private final String model;
    private boolean isSeen;

    private ModelName(ChunkReader reader, String model) {
        this.reader = reader;
        this.model = model;
    }

    static ChunkReader added(ChunkReader reader, Target target) {
        return new ModelName(reader, target.deployment().upstreamModel());
    }

    static ChatResponse added(ChatResponse answer, Target target) {
        return answer.responseModel() != null ? answer
                : new ChatResponse(answer.id(), answer.created(), target.deployment().upstreamModel(), answer.choices(), answer.usage(), answer.extras());
    }

    @Override
    public List<ChatChunk> read(ServerSentEvent event) {
        List<ChatChunk> read = reader.read(event);
        if (isSeen) {
            return read;
        }
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i) instanceof ChatChunk.Started started) {
                isSeen = true;
                return started.responseModel() != null ? read : named(read, i, started);
            }
        }
        return read;
    }

    @Override
    public List<ChatChunk> end() {
        return reader.end();
    }

    private List<ChatChunk> named(List<ChatChunk> read, int at, ChatChunk.Started started) {
        List<ChatChunk> named = new ArrayList<>(read);
        named.set(at, new ChatChunk.Started(started.id(), model, started.created(), started.extras()));
        return named;
    }
}
