package org.sluice.gateway.dialect.responses;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/**
 * Writes the events of one stream: numbered from 0, every beginning with its end, the whole answer in the last one. Only
 * the first choice is written. A slice is valid until the next write.
 */
final class EventWriter implements ChunkWriter {
    private final JsonWriter json = new JsonWriter(1024);
    private final Frames frames = new Frames(json);
    private final Asked asked;
    private final long nowSeconds;
    private final Map<String, RawJson> extras = new LinkedHashMap<>();
    private ResponseWriter.Head head;
    private OutputFrames output;
    private FinishReason reason;
    private Usage usage;

    EventWriter(Asked asked, long nowSeconds) {
        this.asked = asked;
        this.nowSeconds = nowSeconds;
    }

    @Override
    public Slice write(ChatChunk chunk) {
        json.reset();
        if (chunk instanceof ChatChunk.Started started) {
            begin(started);
        } else if (chunk instanceof ChatChunk.Counted counted) {
            usage = counted.usage();
        } else if (chunk instanceof ChatChunk.Finished finished) {
            if (finished.choice() == 0) {
                begin(null);
                output.close();
                reason = finished.reason() == null ? reason : finished.reason();
                extras.putAll(finished.extras());
            }
        } else if (!(chunk instanceof ChatChunk.Ended)) {
            begin(null);
            output.write(chunk);
        }
        return json.size() == 0 ? null : json.toSlice();
    }

    @Override
    public Slice end() {
        json.reset();
        begin(null);
        output.close();
        String status = ResponseWriter.status(reason);
        frames.begin("response." + status).name("response");
        ResponseWriter.write(json, head, status, reason, output.items(), usage, extras, asked);
        frames.end();
        return json.toSlice();
    }

    private void begin(ChatChunk.Started started) {
        if (head != null) {
            return;
        }
        if (started != null) {
            extras.putAll(started.extras());
        }
        head = new ResponseWriter.Head(new Ids(started == null ? null : started.id()),
                started == null || started.created() == 0 ? nowSeconds : started.created(), started == null ? null : started.responseModel());
        output = new OutputFrames(json, frames, head.ids(), asked, started == null ? Map.of() : started.extras());
        for (String type : new String[] {"response.created", "response.in_progress"}) {
            frames.begin(type).name("response");
            ResponseWriter.write(json, head, "in_progress", null, new RawJson("[]"), null, extras, asked);
            frames.end();
        }
    }

    /** The frame around an event, and its number. */
    static final class Frames {
        private final JsonWriter json;
        private long number;

        Frames(JsonWriter json) {
            this.json = json;
        }

        JsonWriter begin(String type) {
            return json.outside("event: ").outside(type).outside("\ndata: ").beginObject().name("type").value(type).name("sequence_number").value(number++);
        }

        void end() {
            json.endObject().outside("\n\n");
        }
    }
}
