package org.sluice.gateway.chat;

import java.util.Map;
import org.sluice.gateway.usage.Usage;

/**
 * One canonical piece of a streamed answer.
 *
 * <p>{@code choice} is the index of the choice, {@code part} the index of the piece inside it: monotone, each part
 * starts before its deltas and, where the source says so, ends. A dialect without parts numbers them itself.
 */
public sealed interface ChatChunk {
    /** First of a stream. {@code created} is epoch seconds or 0. */
    record Started(String id, String responseModel, long created, Map<String, RawJson> extras) implements ChatChunk {}

    record TextDelta(int choice, int part, String text, Map<String, RawJson> extras) implements ChatChunk {
        public TextDelta(int choice, int part, String text) { this(choice, part, text, Map.of()); }
    }

    record RefusalDelta(int choice, int part, String text) implements ChatChunk {}

    /** {@code text} is empty where a thought begins before its words do. */
    record ThinkingDelta(int choice, int part, String text, Map<String, RawJson> extras) implements ChatChunk {
        public ThinkingDelta(int choice, int part, String text) { this(choice, part, text, Map.of()); }
    }

    record ThinkingSignature(int choice, int part, String signature) implements ChatChunk {}

    record RedactedThinking(int choice, int part, String data) implements ChatChunk {}

    record ToolCallStarted(int choice, int part, String id, String name, Map<String, RawJson> extras) implements ChatChunk {}

    /** A fragment of the JSON text of a tool call's arguments. */
    record ArgumentsDelta(int choice, int part, String fragment) implements ChatChunk {}

    /** Something attached to a part, under the source dialect's name, e.g. a citation. */
    record PartExtra(int choice, int part, String name, RawJson value) implements ChatChunk {}

    /** A whole piece of one dialect only. */
    record OpaquePart(int choice, int part, Part.Opaque value) implements ChatChunk {}

    record PartEnded(int choice, int part) implements ChatChunk {}

    record Finished(int choice, FinishReason reason, Map<String, RawJson> extras) implements ChatChunk {}

    /** Counts so far: cumulative, the last one holds (never added up). */
    record Counted(Usage usage) implements ChatChunk {}

    /** The source said that the answer is complete ({@code [DONE]}, {@code message_stop}). */
    record Ended() implements ChatChunk {}
}
