package org.sluice.gateway.chat;

import java.util.List;
import java.util.Map;

/**
 * A piece of a message. {@code extras} carries what a dialect attaches to a piece, for instance {@code cache_control}
 * or {@code citations}, under the name the dialect gives it.
 */
public sealed interface Part {
    Map<String, RawJson> extras();

    record Text(String text, Map<String, RawJson> extras) implements Part {
        public Text { extras = Extras.copy(extras); }
        public Text(String text) { this(text, Map.of()); }
    }

    /** An image, by {@link Source}; {@code detail} is OpenAI's low, high, auto, or null. */
    record Image(Source source, String detail, Map<String, RawJson> extras) implements Part {
        public Image { extras = Extras.copy(extras); }
    }

    /** A document (PDF, plain text) with an optional file name or title. */
    record Document(Source source, String name, Map<String, RawJson> extras) implements Part {
        public Document { extras = Extras.copy(extras); }
    }

    /** Sound; {@code format} as OpenAI names it: wav, mp3. */
    record Audio(Source source, String format, Map<String, RawJson> extras) implements Part {
        public Audio { extras = Extras.copy(extras); }
    }

    /** Reasoning with the provider's signature, which must come back unchanged on the next turn; either may be null. */
    record Thinking(String text, String signature, Map<String, RawJson> extras) implements Part {
        public Thinking { extras = Extras.copy(extras); }
        public Thinking(String text, String signature) { this(text, signature, Map.of()); }
    }

    /** Reasoning the provider encrypted. */
    record RedactedThinking(String data, Map<String, RawJson> extras) implements Part {
        public RedactedThinking { extras = Extras.copy(extras); }
    }

    /** The model wants a tool called. {@code arguments} is JSON text as the model wrote it, "" when it wrote nothing. */
    record ToolCall(String id, String name, String arguments, Map<String, RawJson> extras) implements Part {
        public ToolCall { extras = Extras.copy(extras); }
        public ToolCall(String id, String name, String arguments) { this(id, name, arguments, Map.of()); }
    }

    record ToolResult(String toolCallId, List<Part> parts, boolean isError, Map<String, RawJson> extras) implements Part {
        public ToolResult { parts = List.copyOf(parts); extras = Extras.copy(extras); }
    }

    record Refusal(String text, Map<String, RawJson> extras) implements Part {
        public Refusal { extras = Extras.copy(extras); }
    }

    /** A piece of one dialect only: {@code value} is the whole piece in dialect {@code dialect}, its type {@code type}. */
    record Opaque(String dialect, String type, RawJson value) implements Part {
        @Override public Map<String, RawJson> extras() { return Map.of(); }
    }

    /** Where the bytes of an image, document or sound are. */
    sealed interface Source {
        record Url(String url) implements Source {}
        record Base64(String mediaType, String data) implements Source {}
        /** Plain text given inline, for documents. */
        record Inline(String mediaType, String text) implements Source {}
        /** A file known to the provider by id. */
        record FileId(String id) implements Source {}
    }
}
