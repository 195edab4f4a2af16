package org.sluice.gateway.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.ResolvedPrompt;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.json.JsonWriter;

/**
 * The rendered messages in the answer (contract 7.1): the member {@code prompt_message} of a whole answer in OpenAI's dialects unless
 * {@code echo} is false, in other dialects and in OpenAI's streams, there a chunk without choices at the end, only when it is true.
 */
final class PromptEcho {
    private static final Set<String> UNASKED = Set.of(OpenAiDialect.NAME, ResponsesDialect.NAME);

    private PromptEcho() { }

    static byte[] addTo(Call call, byte[] body) {
        ResolvedPrompt prompt = call.prompt();
        if (prompt == null || prompt.isEchoed() == null && !UNASKED.contains(call.ingress().name()) || Boolean.FALSE.equals(prompt.isEchoed())) {
            return body;
        }
        byte[] member = (",\"prompt_message\":" + prompt.messages().text()).getBytes(StandardCharsets.UTF_8);
        int end = body.length - 1;
        while (body[end] != '}') {
            end--;
        }
        byte[] joined = Arrays.copyOf(body, body.length + member.length);
        System.arraycopy(member, 0, joined, end, member.length);
        System.arraycopy(body, end, joined, end + member.length, body.length - end);
        return joined;
    }

    /** The last frame, with the messages in front of it when they are wanted. */
    static Slice before(Call call, Slice last) {
        ResolvedPrompt prompt = call.prompt();
        if (prompt == null || !Boolean.TRUE.equals(prompt.isEchoed()) || !call.ingress().name().equals(OpenAiDialect.NAME)) {
            return last;
        }
        JsonWriter json = new JsonWriter(1024).outside("data: ");
        byte[] chunk = json.beginObject().name("id").value("prompt_message").name("object").value("chat.completion.chunk")
                .name("created").value(Instant.now().getEpochSecond()).name("model").value(call.model()).name("choices").beginArray().endArray()
                .name("prompt_message").raw(prompt.messages()).endObject().outside("\n\n").toBytes();
        byte[] joined = Arrays.copyOf(chunk, chunk.length + last.length());
        System.arraycopy(last.array(), last.from(), joined, chunk.length, last.length());
        return Slice.of(joined);
    }
}
