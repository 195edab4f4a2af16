package org.sluice.gateway.attempt;

import java.util.Iterator;
import java.util.List;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.usage.Usage;

/** The provider's events, read into canonical chunks and written as the client's events. */
final class TranslatedFrames implements AnswerFrames {
    private final UpstreamResponse response;
    private final EventSource events;
    private final ChunkReader reader;
    private final ChunkWriter writer;
    private Iterator<ChatChunk> pending = List.<ChatChunk>of().iterator();
    private boolean isLast;
    private Usage usage;
    private String id;
    private String responseModel;

    TranslatedFrames(UpstreamResponse response, EventSource events, ChunkReader reader, ChunkWriter writer) {
        this.response = response;
        this.events = events;
        this.reader = reader;
        this.writer = writer;
    }

    /** Pieces that are all there; the last one is {@link ChatChunk.Ended}. */
    TranslatedFrames(List<ChatChunk> chunks, ChunkWriter writer) {
        this(null, null, null, writer);
        pending = chunks.iterator();
    }

    @Override
    public Slice next() {
        while (!isLast) {
            while (pending.hasNext()) {
                Slice frame = write(pending.next());
                if (frame != null) {
                    return frame;
                }
            }
            ServerSentEvent event = events.next();
            pending = (event == null ? reader.end() : reader.read(event)).iterator();
            if (event == null && !pending.hasNext()) {
                throw new GatewayException(ErrorType.UPSTREAM_TRUNCATED, "The provider's stream ended before the answer was complete.");
            }
        }
        return null;
    }

    private Slice write(ChatChunk chunk) {
        if (chunk instanceof ChatChunk.Ended) {
            isLast = true;
            return writer.end();
        }
        if (chunk instanceof ChatChunk.Counted counted) {
            usage = counted.usage();
        } else if (chunk instanceof ChatChunk.Started started) {
            id = started.id();
            responseModel = started.responseModel();
        }
        return writer.write(chunk);
    }

    @Override
    public boolean isLast() {
        return isLast;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String responseModel() {
        return responseModel;
    }

    @Override
    public void close() {
        if (response != null) {
            response.close();
        }
    }
}
