package org.sluice.gateway.pipeline;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import org.sluice.gateway.attempt.Answer;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.route.Target;
import org.sluice.gateway.usage.Usage;

/**
 * The summary a client may ask for with {@code request_breakdown} (contract 3.2): a member of the whole answer; in a stream
 * the last chunk before {@code [DONE]}, in other dialects than OpenAI's a member of the last event, because their clients
 * pass over members they do not know, but not all of them over events.
 */
final class RequestBreakdown {
    private RequestBreakdown() { }

    static byte[] addTo(Call call, Answer.Whole answer) {
        if (!isWanted(call)) {
            return answer.body();
        }
        RawJson message = completionMessage(answer.body());
        byte[] member = write(new JsonWriter().outside(",\"request_breakdown\":"), call, answer.target(), answer.outline().usage(), message).toBytes();
        int end = answer.body().length - 1;
        while (answer.body()[end] != '}') {
            end--;
        }
        byte[] joined = Arrays.copyOf(answer.body(), answer.body().length + member.length);
        System.arraycopy(member, 0, joined, end, member.length);
        System.arraycopy(answer.body(), end, joined, end + member.length, answer.body().length - end);
        return joined;
    }

    /** The last frame, with the summary in front of it or in it when it is wanted. */
    static Slice before(Call call, RecordedFrames frames, Slice last) {
        if (!isWanted(call)) {
            return last;
        }
        if (!call.ingress().name().equals(OpenAiDialect.NAME)) {
            return inside(last, write(new JsonWriter(1024).outside(",\"request_breakdown\":"), call, frames.answer().target(),
                    frames.answer().frames().usage(), RawJson.NULL).toSlice());
        }
        JsonWriter json = new JsonWriter(1024).outside("data: ");
        json.beginObject().name("id").value("request_breakdown").name("choices").beginArray().beginObject()
                .name("delta").beginObject().name("content").value((String) null).name("role").value("assistant").endObject()
                .name("finish_reason").value("stop").name("request_breakdown");
        write(json, call, frames.answer().target(), frames.answer().frames().usage(), RawJson.NULL)
                .name("index").value(0).name("message").beginObject().name("content").value((String) null).name("role").value("assistant").endObject()
                .endObject().endArray().name("created").value(Instant.now().getEpochSecond()).name("model").value("extra_parameter")
                .name("object").value("chat.completion.chunk").name("system_fingerprint").value((String) null)
                .name("usage").beginObject().endObject().endObject().outside("\n\n");
        Slice summary = json.toSlice();
        byte[] joined = Arrays.copyOf(summary.toBytes(), summary.length() + last.length());
        System.arraycopy(last.array(), last.from(), joined, summary.length(), last.length());
        return Slice.of(joined);
    }

    /** The frame with another member at the end of its last event. */
    static Slice inside(Slice last, Slice member) {
        int end = last.to() - 1;
        while (end >= last.from() && last.array()[end] != '}') {
            end--;
        }
        if (end < last.from()) {
            return last;
        }
        byte[] joined = Arrays.copyOfRange(last.array(), last.from(), last.to() + member.length());
        int at = end - last.from();
        System.arraycopy(member.array(), member.from(), joined, at, member.length());
        System.arraycopy(last.array(), end, joined, at + member.length(), last.to() - end);
        return Slice.of(joined);
    }

    private static boolean isWanted(Call call) {
        return call.options().observability().isBreakdownWanted();
    }

    private static RawJson completionMessage(byte[] body) {
        JsonValue choices = JsonReader.readObject(body).get("choices");
        if (choices instanceof JsonValue.JsonArray array && !array.items().isEmpty()
                && array.items().get(0) instanceof JsonValue.JsonObject choice && choice.get("message") != null) {
            return choice.get("message").raw();
        }
        return RawJson.NULL;
    }

    private static JsonWriter write(JsonWriter json, Call call, Target target, Usage usage, RawJson message) {
        Usage counted = usage == null ? Usage.NONE : usage;
        BigDecimal cost = target.model() == null || target.model().listPrice() == null || usage == null ? null : target.model().listPrice().costOf(usage);
        String model = call.model().isEmpty() ? target.requested() : call.model();
        double latency = (System.nanoTime() - call.startedNanos()) / 1e9;
        Slice messages = call.outline().value(call.ingress().conversationMember());
        return json.beginObject().name("prompt_tokens").value(counted.inputTokens()).name("completion_tokens").value(counted.outputTokens())
                .name("cost").literal(cost == null ? null : cost.toPlainString()).name("prompt_messages").raw(messages)
                .name("completion_message").raw(message).name("model").value(model).name("cached").value(false)
                .name("timestamp").value(Instant.now().toString()).name("status_code").value(200).name("stream").value(call.isStream())
                .name("latency").literal(Double.toString(latency)).name("scores").beginObject().endObject().name("category").value("")
                .name("metadata").raw(call.options().observability().metadata() == null ? RawJson.EMPTY_OBJECT : call.options().observability().metadata())
                .name("routing_time").literal("0.0").name("full_request").beginObject().name("model").value(model)
                .name("messages").raw(messages).endObject().name("sentiment_score").value(0).endObject();
    }
}
