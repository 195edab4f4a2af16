package org.sluice.gateway.provider.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.provider.demo.DemoAnswer.Breakage;

/** Writes one answer, whole or in chunks. */
final class AnswerWriter {
    private static final int BYTES_PER_TOKEN = 4;
    private static final String LOG_PROBABILITY = "-0.1";
    final DemoAnswer answer;
    final int choices;
    final boolean isUsageWanted;
    private final boolean isLogprobsWanted;
    private final int topLogprobs;
    private final int promptTokens;
    private final long createdSeconds;
    private final String id;

    AnswerWriter(DemoRequest request, DemoAnswer answer, long nowSeconds) {
        this.answer = answer;
        this.choices = Math.min(128, Math.max(1, request.number("n", 1)));
        this.isUsageWanted = request.isUsageWanted();
        this.isLogprobsWanted = request.isTrue("logprobs");
        this.topLogprobs = Math.min(20, request.number("top_logprobs", 0));
        this.promptTokens = (request.messages().length() + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
        this.createdSeconds = nowSeconds;
        ThreadLocalRandom random = ThreadLocalRandom.current();
        this.id = new UUID(random.nextLong(), random.nextLong()).toString();
    }

    byte[] whole() {
        JsonWriter json = head(new JsonWriter(1024), "chat.completion");
        for (int choice = 0; choice < choices; choice++) {
            json.beginObject().name("index").value(choice).name("message").beginObject().name("role").value("assistant");
            if (answer instanceof DemoAnswer.Text text) {
                json.name("content").value(String.join("", text.tokens()));
            } else if (answer instanceof DemoAnswer.Calls calls) {
                json.name("content").value((String) null).name("tool_calls").beginArray();
                for (int i = 0; i < calls.calls().size(); i++) {
                    call(json, calls.calls().get(i), choice, i, false);
                }
                json.endArray();
            }
            json.name("refusal").value((String) null).endObject();
            logprobs(json, answer instanceof DemoAnswer.Text text ? text.tokens() : List.of());
            json.name("finish_reason").value(finishReason()).endObject();
        }
        json.endArray();
        byte[] body = usage(json).endObject().toBytes();
        boolean isCut = answer instanceof DemoAnswer.Text text && text.breakage() != Breakage.NONE;
        return isCut ? java.util.Arrays.copyOf(body, body.length / 2) : body;
    }

    /** Down to the choices, array open. */
    JsonWriter head(JsonWriter json, String object) {
        return json.beginObject().name("id").value("chatcmpl-" + id).name("object").value(object).name("created").value(createdSeconds)
                .name("model").value("echo").name("system_fingerprint").value("fp_demo").name("choices").beginArray();
    }

    String finishReason() {
        return answer instanceof DemoAnswer.Calls ? "tool_calls" : ((DemoAnswer.Text) answer).isCut() ? "length" : "stop";
    }

    void call(JsonWriter json, DemoAnswer.Call call, int choice, int index, boolean isDelta) {
        json.beginObject();
        if (isDelta) {
            json.name("index").value(index);
        }
        json.name("id").value("call_" + id.substring(24) + "_" + choice + "_" + index).name("type").value("function")
                .name("function").beginObject().name("name").value(call.name())
                .name("arguments").value(isDelta ? "" : call.arguments()).endObject().endObject();
    }

    void logprobs(JsonWriter json, List<String> tokens) {
        if (!isLogprobsWanted) {
            json.name("logprobs").value((String) null);
            return;
        }
        json.name("logprobs").beginObject().name("content").beginArray();
        for (String token : tokens) {
            logprob(json, token);
            json.name("top_logprobs").beginArray();
            for (int i = 0; i < topLogprobs; i++) {
                logprob(json, i == 0 ? token : "~" + i);
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().name("refusal").value((String) null).endObject();
    }

    private static void logprob(JsonWriter json, String token) {
        json.beginObject().name("token").value(token).name("logprob").literal(LOG_PROBABILITY).name("bytes").beginArray();
        for (byte b : token.getBytes(UTF_8)) {
            json.value(b & 0xff);
        }
        json.endArray();
    }

    JsonWriter usage(JsonWriter json) {
        int tokens = choices * (answer instanceof DemoAnswer.Text text ? text.tokens().size() : callTokens());
        return json.name("usage").beginObject().name("prompt_tokens").value(promptTokens).name("completion_tokens").value(tokens)
                .name("total_tokens").value(promptTokens + tokens)
                .name("prompt_tokens_details").beginObject().name("cached_tokens").value(0).name("audio_tokens").value(0).endObject()
                .name("completion_tokens_details").beginObject().name("reasoning_tokens").value(0).name("audio_tokens").value(0).endObject()
                .endObject();
    }

    private int callTokens() {
        int length = 0;
        for (DemoAnswer.Call call : ((DemoAnswer.Calls) answer).calls()) {
            length += call.name().length() + call.arguments().length();
        }
        return (length + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
    }
}
