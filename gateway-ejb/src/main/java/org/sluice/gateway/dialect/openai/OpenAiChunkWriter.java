package org.sluice.gateway.dialect.openai;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.citation.Citations;
import org.sluice.gateway.dialect.ChunkWriter;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/**
 * Writes one stream of {@code chat.completion.chunk}s: one id, the role with the first delta of a choice, tool calls
 * numbered as they come. The words of a thought go out as {@code reasoning_content}; when its signature is known the
 * whole block follows in {@code thinking_blocks}, ready to be sent back on the next turn.
 */
final class OpenAiChunkWriter implements ChunkWriter {
    private static final Set<String> OWN = Set.of("id", "object", "created", "model", "choices", "usage");
    private static final Set<String> LISTED = Set.of("annotations", "citations", "images", "reasoning_details");
    private static final String FRAME_END = "\n\n";
    private final JsonWriter json = new JsonWriter(1024);
    private final boolean includeUsage;
    private final long nowSeconds;
    private final Map<Integer, ChoiceWriter> choices = new HashMap<>();
    private Slice head;
    private Usage usage;
    private final Map<String, RawJson> usageExtras = new LinkedHashMap<>();

    OpenAiChunkWriter(boolean includeUsage, long nowSeconds) {
        this.includeUsage = includeUsage;
        this.nowSeconds = nowSeconds;
    }

    @Override
    public Slice write(ChatChunk chunk) {
        json.reset();
        if (chunk instanceof ChatChunk.Started started) {
            start(started);
        } else if (chunk instanceof ChatChunk.Counted counted) {
            usage = counted.usage();
        } else if (chunk instanceof ChatChunk.TextDelta delta) {
            choice(delta.choice()).cited.say(delta.part(), delta.text());
            begin(delta.choice()).name("content").value(delta.text());
            end(delta.choice(), null, delta.extras());
        } else if (chunk instanceof ChatChunk.RefusalDelta delta) {
            begin(delta.choice()).name("refusal").value(delta.text());
            end(delta.choice());
        } else if (chunk instanceof ChatChunk.ThinkingDelta || chunk instanceof ChatChunk.ThinkingSignature
                || chunk instanceof ChatChunk.RedactedThinking) {
            thought(chunk);
        } else if (chunk instanceof ChatChunk.ToolCallStarted || chunk instanceof ChatChunk.ArgumentsDelta
                || chunk instanceof ChatChunk.PartEnded) {
            call(chunk);
        } else if (chunk instanceof ChatChunk.PartExtra extra) {
            attach(extra);
        } else if (chunk instanceof ChatChunk.OpaquePart opaque && BlockWriter.isForeign(opaque.value())) {
            BlockWriter.write(begin(opaque.choice()), List.of(opaque.value()));
            end(opaque.choice());
        } else if (chunk instanceof ChatChunk.Finished finished) {
            finish(finished);
        }
        return json.size() == 0 ? null : json.toSlice();
    }

    /** A list of ours as it is; citations of another dialect as annotations too, when the text has ended. */
    private void attach(ChatChunk.PartExtra extra) {
        if (!extra.name().equals(Citations.ANNOTATIONS)) {
            choice(extra.choice()).cited.cite(extra);
        }
        RawJson documents = Annotations.documents(List.of(new Part.Text("", Map.of(extra.name(), extra.value()))));
        if (documents != null) {
            begin(extra.choice()).name(Citations.CITATIONS).raw(documents);
            end(extra.choice());
        }
        if (!Rest.isForeign(extra.name()) && !extra.name().equals(Signatures.EXTRA)) {
            boolean isItem = LISTED.contains(extra.name()) && !extra.value().text().startsWith("[");
            begin(extra.choice()).name(extra.name()).raw(isItem ? new RawJson("[" + extra.value().text() + "]") : extra.value());
            end(extra.choice());
        }
    }

    private void finish(ChatChunk.Finished finished) {
        choice(finished.choice()).forUnanswered(index -> arguments(finished.choice(), index, ToolCallWriter.NO_ARGUMENTS));
        RawJson annotations = Annotations.array(choice(finished.choice()).cited.take());
        if (annotations != null) {
            begin(finished.choice()).name(Citations.ANNOTATIONS).raw(annotations);
            end(finished.choice());
        }
        begin(finished.choice());
        end(finished.choice(), FinishReasons.write(finished.reason()), finished.extras());
    }

    @Override
    public Slice end() {
        json.reset();
        if (includeUsage && usage != null) {
            head().outside("]");
            UsageWriter.write(json.outside(",\"usage\":"), usage, usageExtras);
            json.endObject().outside(FRAME_END);
        }
        return json.outside("data: [DONE]\n\n").toSlice();
    }

    private void start(ChatChunk.Started started) {
        if (head != null) {
            return;
        }
        JsonWriter opening = new JsonWriter(256).outside("data: ").beginObject()
                .name("id").value(AnswerIds.of(started.id()))
                .name("object").value("chat.completion.chunk")
                .name("created").value(started.created() > 0 ? started.created() : nowSeconds)
                .name("model").value(started.responseModel());
        started.extras().forEach((name, value) -> {
            if (!OWN.contains(name) && !Rest.isForeign(name) && !isAboutUsage(name, value)) {
                opening.name(name).raw(value);
            }
        });
        head = Slice.of(opening.name("choices").beginArray().toBytes());
    }

    private JsonWriter head() {
        if (head == null) {
            start(new ChatChunk.Started(null, null, 0, Map.of()));
        }
        return json.outside("").raw(head).outside("");
    }

    /** Opens a frame down to the delta. */
    private JsonWriter begin(int choice) {
        head().beginObject().name("index").value(choice).name("delta").beginObject();
        if (choice(choice).takeRole()) {
            json.name("role").value("assistant");
        }
        return json;
    }

    private void end(int choice) {
        end(choice, null, Map.of());
    }

    private void end(int choice, String finishReason, Map<String, RawJson> extras) {
        json.endObject().name("finish_reason").value(finishReason);
        extras.forEach((name, value) -> {
            if (!ResponseReader.CHOICE.contains(name) && !Rest.isForeign(name) && !isAboutUsage(name, value)) {
                json.name(name).raw(value);
            }
        });
        json.endObject().endArray().endObject().outside(FRAME_END);
    }

    /** What belongs beside the counts waits for them. */
    private boolean isAboutUsage(String name, RawJson value) {
        if (!name.startsWith(UsageWriter.PREFIX)) {
            return false;
        }
        usageExtras.put(name, value);
        return true;
    }

    private ChoiceWriter choice(int choice) {
        return choices.computeIfAbsent(choice, index -> new ChoiceWriter());
    }

    private void thought(ChatChunk chunk) {
        if (chunk instanceof ChatChunk.ThinkingDelta delta) {
            if (!delta.text().isEmpty()) {
                choice(delta.choice()).think(delta.part(), delta.text());
                begin(delta.choice()).name("reasoning_content").value(delta.text());
                end(delta.choice());
            }
        } else if (chunk instanceof ChatChunk.ThinkingSignature signed && Signatures.untag(Signatures.DETAILS, signed.signature()) == null) {
            block(signed.choice(), new Part.Thinking(choice(signed.choice()).thought(signed.part()), signed.signature()));
        } else if (chunk instanceof ChatChunk.RedactedThinking redacted) {
            block(redacted.choice(), new Part.RedactedThinking(redacted.data(), Map.of()));
        }
    }

    private void block(int choice, Part thought) {
        begin(choice).name("thinking_blocks").beginArray();
        ThinkingWriter.block(json, thought);
        json.endArray();
        end(choice);
    }

    private void call(ChatChunk chunk) {
        if (chunk instanceof ChatChunk.ToolCallStarted started) {
            int index = choice(started.choice()).startCall(started.part());
            Part.ToolCall call = ToolCallWriter.carrying(new Part.ToolCall(started.id(), started.name(), "", started.extras()));
            begin(started.choice()).name("tool_calls").beginArray().beginObject().name("index").value(index)
                    .name("id").value(call.id()).name("type").value("function").name("function").beginObject()
                    .name("name").value(started.name()).name("arguments").value("").endObject()
                    .members(Rest.own(call.extras())).endObject().endArray();
            end(started.choice());
        } else if (chunk instanceof ChatChunk.ArgumentsDelta delta) {
            int index = choice(delta.choice()).argue(delta.part(), delta.fragment());
            if (index >= 0 && !delta.fragment().isEmpty()) {
                arguments(delta.choice(), index, delta.fragment());
            }
        } else if (chunk instanceof ChatChunk.PartEnded ended) {
            int index = choice(ended.choice()).unanswered(ended.part());
            if (index >= 0) {
                arguments(ended.choice(), index, ToolCallWriter.NO_ARGUMENTS);
            }
        }
    }

    private void arguments(int choice, int index, String fragment) {
        begin(choice).name("tool_calls").beginArray().beginObject().name("index").value(index)
                .name("function").beginObject().name("arguments").value(fragment).endObject().endObject().endArray();
        end(choice);
    }
}
