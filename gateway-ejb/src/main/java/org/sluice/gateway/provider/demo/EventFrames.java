package org.sluice.gateway.provider.demo;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.provider.demo.DemoAnswer.Breakage;

/** The event stream of one answer. Frames are written when they are read: a read gives at most one of them. */
final class EventFrames extends InputStream {
    private static final String FRAME_END = "\n\n";
    private final AnswerWriter answer;
    private final List<String> tokens;
    private final List<DemoAnswer.Call> calls;
    private final Breakage breakage;
    private final int steps;
    private final Slice head;
    private final JsonWriter json = new JsonWriter(512);
    private Slice frame;
    private int at;
    private int step;
    private int choice;

    EventFrames(AnswerWriter answer) {
        this.answer = answer;
        this.tokens = answer.answer instanceof DemoAnswer.Text text ? text.tokens() : List.of();
        this.calls = answer.answer instanceof DemoAnswer.Calls all ? all.calls() : List.of();
        this.breakage = answer.answer instanceof DemoAnswer.Text text ? text.breakage() : Breakage.NONE;
        this.steps = tokens.size() + 2 * calls.size();
        this.head = Slice.of(answer.head(new JsonWriter(256).outside("data: "), "chat.completion.chunk").toBytes());
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        Objects.checkFromIndexSize(from, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (frame == null || at == frame.to()) {
            frame = next();
            at = 0;
        }
        if (frame == null) {
            return -1;
        }
        int given = Math.min(length, frame.to() - at);
        System.arraycopy(frame.array(), at, into, from, given);
        at += given;
        return given;
    }

    /** Step 0 names the role, the next ones bring the answer, then come the finish, usage and the end; -1 is over. */
    private Slice next() {
        json.reset();
        if (step < 0) {
            return null;
        }
        if (breakage != Breakage.NONE && step > steps / 2) {
            step = -1;
            return breakage == Breakage.CUT ? null : failure();
        }
        if (step <= steps + 1) {
            chunk();
            if (++choice == answer.choices) {
                choice = 0;
                step++;
            }
        } else if (step == steps + 2 && answer.isUsageWanted) {
            step++;
            json.outside("").raw(head).outside("]").outside(",");
            answer.usage(json).endObject().outside(FRAME_END);
        } else {
            step = -1;
            json.outside("data: [DONE]\n\n");
        }
        return json.toSlice();
    }

    private void chunk() {
        json.outside("").raw(head).outside("").beginObject().name("index").value(choice).name("delta").beginObject();
        List<String> said = List.of();
        if (step == 0) {
            json.name("role").value("assistant").name("content").value(calls.isEmpty() ? "" : null);
        } else if (step <= tokens.size()) {
            said = tokens.subList(step - 1, step);
            json.name("content").value(said.get(0));
        } else if (step <= steps) {
            call((step - 1) / 2, (step - 1) % 2 == 1);
        }
        json.endObject();
        answer.logprobs(json, said);
        json.name("finish_reason").value(step > steps ? answer.finishReason() : null).endObject().endArray().endObject().outside(FRAME_END);
    }

    private void call(int index, boolean isArguments) {
        json.name("tool_calls").beginArray();
        if (isArguments) {
            json.beginObject().name("index").value(index).name("function").beginObject()
                    .name("arguments").value(calls.get(index).arguments()).endObject().endObject();
        } else {
            answer.call(json, calls.get(index), choice, index, true);
        }
        json.endArray();
    }

    private Slice failure() {
        DemoAnswer.Failure failure = new DemoAnswer.Failure(500, "server_error", "internal_error", null, "The demo provider fails in the middle, as it was told.");
        return DemoResponse.error(json.outside("data: "), failure).outside(FRAME_END).toSlice();
    }
}
