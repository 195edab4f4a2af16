package org.sluice.gateway.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sluice.gateway.usage.Usage;

/**
 * Puts the pieces of a stream together into the answer that a call without streaming would have had.
 *
 * <p>Repeated {@link ChatChunk.PartExtra}s of one name become a JSON array under that name. Extras of {@link
 * ChatChunk.Finished} belong to the choice, except names beginning with {@code usage.}, which belong to the answer.
 * Parts keep the order in which they began. One per stream, not thread-safe.
 */
public final class ChatResponseAssembler {
    private static final String USAGE = "usage.";
    private final SortedMap<Integer, Choice> choices = new TreeMap<>();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();
    private String id;
    private String responseModel;
    private long created;
    private Usage usage;
    private boolean isEnded;

    public void add(ChatChunk chunk) {
        if (chunk instanceof ChatChunk.TextDelta delta) {
            AssembledPart part = part(delta.choice(), delta.part(), AssembledPart.Kind.TEXT);
            part.text.append(delta.text());
            part.extras.putAll(delta.extras());
        } else if (chunk instanceof ChatChunk.ArgumentsDelta delta) {
            part(delta.choice(), delta.part(), AssembledPart.Kind.TOOL_CALL).text.append(delta.fragment());
        } else if (chunk instanceof ChatChunk.ThinkingDelta delta) {
            AssembledPart part = part(delta.choice(), delta.part(), AssembledPart.Kind.THINKING);
            part.text.append(delta.text());
            part.extras.putAll(delta.extras());
        } else if (chunk instanceof ChatChunk.RefusalDelta delta) {
            part(delta.choice(), delta.part(), AssembledPart.Kind.REFUSAL).text.append(delta.text());
        } else if (chunk instanceof ChatChunk.ThinkingSignature signature) {
            part(signature.choice(), signature.part(), AssembledPart.Kind.THINKING).sign(signature.signature());
        } else if (chunk instanceof ChatChunk.RedactedThinking redacted) {
            part(redacted.choice(), redacted.part(), AssembledPart.Kind.REDACTED).text.append(redacted.data());
        } else if (chunk instanceof ChatChunk.ToolCallStarted call) {
            part(call.choice(), call.part(), AssembledPart.Kind.TOOL_CALL).name(call.id(), call.name(), call.extras());
        } else if (chunk instanceof ChatChunk.OpaquePart opaque) {
            part(opaque.choice(), opaque.part(), AssembledPart.Kind.OPAQUE).opaque = opaque.value();
        } else if (chunk instanceof ChatChunk.PartExtra extra) {
            choice(extra.choice()).extra(extra);
        } else {
            addFrame(chunk);
        }
    }

    /** What is said about the answer as a whole. */
    private void addFrame(ChatChunk chunk) {
        if (chunk instanceof ChatChunk.Started started) {
            id = started.id();
            responseModel = started.responseModel();
            created = started.created();
            extras.putAll(started.extras());
        } else if (chunk instanceof ChatChunk.Finished finished) {
            finish(finished);
        } else if (chunk instanceof ChatChunk.Counted counted) {
            usage = counted.usage();
        } else if (chunk instanceof ChatChunk.Ended) {
            isEnded = true;
        }
    }

    /** Whether the source said that the answer is complete. */
    public boolean isEnded() {
        return isEnded;
    }

    /** The answer as far as it has arrived. */
    public ChatResponse response() {
        List<ChatResponse.Choice> all = new ArrayList<>();
        choices.forEach((index, choice) -> all.add(choice.read(index)));
        return new ChatResponse(id, created, responseModel, all, usage, extras);
    }

    private void finish(ChatChunk.Finished finished) {
        Choice choice = choice(finished.choice());
        if (finished.reason() != null) {
            choice.reason = finished.reason();
        }
        finished.extras().forEach((name, value) -> (name.startsWith(USAGE) ? extras : choice.extras).put(name, value));
    }

    private Choice choice(int index) {
        return choices.computeIfAbsent(index, unused -> new Choice());
    }

    private AssembledPart part(int choice, int part, AssembledPart.Kind kind) {
        return choice(choice).part(part, kind);
    }

    private static final class Choice {
        private record Key(int part, AssembledPart.Kind kind) { }

        final Map<Key, AssembledPart> parts = new LinkedHashMap<>();
        final Map<String, RawJson> extras = new LinkedHashMap<>();
        FinishReason reason;

        AssembledPart part(int index, AssembledPart.Kind kind) {
            return parts.computeIfAbsent(new Key(index, kind), unused -> new AssembledPart(kind));
        }

        /** For the part that began last under this index; a text begins with it if there is none. */
        void extra(ChatChunk.PartExtra extra) {
            AssembledPart last = null;
            for (Map.Entry<Key, AssembledPart> entry : parts.entrySet()) {
                last = entry.getKey().part() == extra.part() ? entry.getValue() : last;
            }
            (last == null ? part(extra.part(), AssembledPart.Kind.TEXT) : last).attach(extra.name(), extra.value());
        }

        ChatResponse.Choice read(int index) {
            List<Part> read = new ArrayList<>();
            parts.values().forEach(part -> read.add(part.read()));
            return new ChatResponse.Choice(index, new Message(Role.ASSISTANT, read), reason, extras);
        }
    }
}
