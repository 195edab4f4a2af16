package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.usage.Usage;

/**
 * Canonical requests, answers and streams in the form that Google's dialect can say without changing it: turns of the model
 * stand alone, texts are not empty, calls have ids, results follow their calls in order.
 */
final class RandomContents {
    private static final String[] TEXTS = {"hello", "é€😀", "half \ud800 pair", "\"\\\n\t\u0000\u001f", "data: x\n\n", "<system>", "a".repeat(700)};
    private static final RawJson[] VALUES = {new RawJson("{ \"z\":1e2,\"a\":[] }"), new RawJson("\"x\""), new RawJson("-0.0"), new RawJson("[1,{\"b\":true}]")};
    private static final Usage[] USAGES = {null, Usage.of(5, 7), new Usage(50, 20, 10, 0, 0, 4, 0, 0)};
    private final Random random;
    private int calls;

    RandomContents(Random random) {
        this.random = random;
    }

    ChatRequest request() {
        return new ChatRequest(GeminiDialect.NAME, "gemini-3-flash", messages(), tools(), sampling(), reasoning(), format(), false, true, null,
                extras("safetySettings", "cachedContent", "anything", "generationConfig.responseModalities", "toolConfig.retrievalConfig"));
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> some(Supplier<T> item, int least, int most) {
        List<T> items = new ArrayList<>();
        for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private Map<String, RawJson> extras(String... names) {
        Map<String, RawJson> extras = new LinkedHashMap<>();
        for (String name : names) {
            if (random.nextInt(3) == 0) {
                extras.put(name, VALUES[random.nextInt(VALUES.length)]);
            }
        }
        return extras;
    }

    private List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        if (random.nextBoolean()) {
            messages.add(new Message(Role.SYSTEM, new ArrayList<>(some(() -> new Part.Text(text()), 1, 3))));
        }
        messages.add(new Message(Role.USER, some(this::userPart, 1, 3)));
        for (int turn = random.nextInt(4); turn > 0; turn--) {
            List<Part> said = answer();
            messages.add(new Message(Role.ASSISTANT, said));
            List<Part.ToolCall> made = said.stream().filter(Part.ToolCall.class::isInstance).map(Part.ToolCall.class::cast).toList();
            made.forEach(call -> messages.add(new Message(Role.TOOL, List.of(result(call.id())))));
            messages.add(new Message(Role.USER, some(this::userPart, 1, 2)));
        }
        return messages;
    }

    private Part.ToolResult result(String id) {
        List<Part> parts = new ArrayList<>();
        boolean isError = random.nextInt(4) == 0;
        parts.add(new Part.Text(isError || random.nextBoolean() ? text() : "{ \"a\":1e2,\"b\":null }"));
        if (random.nextInt(3) == 0) {
            parts.add(new Part.Image(new Source.Base64("image/png", "AAAA=="), null, Map.of()));
        }
        return new Part.ToolResult(id, parts, isError, extras("functionResponse.scheduling"));
    }

    /** Parts of a turn of the model. */
    private List<Part> answer() {
        List<Part> parts = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> parts.add(new Part.Thinking(text(), maybe(() -> "gemini:AA+/==" + random.nextInt(9)), Map.of()));
                case 1 -> parts.add(call());
                case 2 -> parts.add(new Part.Opaque("gemini", "executableCode", new RawJson("{\"executableCode\":{\"code\":\"1\"}, \"thoughtSignature\":\"S\"}")));
                default -> {
                    parts.add(new Part.Text(text()));
                    if (random.nextBoolean()) {
                        parts.add(new Part.Thinking("", "gemini:BB+/=="));
                    }
                }
            }
        }
        return parts;
    }

    private Part.ToolCall call() {
        return new Part.ToolCall("call_" + calls++, "f", random.nextBoolean() ? "" : "{ \"a\":1e2 }",
                random.nextBoolean() ? Map.of() : Map.of(Signatures.EXTRA, new RawJson("\"gemini:CC+/==\"")));
    }

    private Part userPart() {
        return switch (random.nextInt(6)) {
            case 0 -> new Part.Image(source("image/png"), null, extras("mediaResolution"));
            case 1 -> new Part.Document(new Source.Base64("application/pdf", "AAAA=="), maybe(this::text), extras("videoMetadata"));
            case 2 -> new Part.Audio(new Source.Base64("audio/mpeg", "AAAA"), "mp3", Map.of());
            case 3 -> new Part.Opaque("gemini", "toolCall", new RawJson("{\"toolCall\":{\"x\":1}}"));
            default -> new Part.Text(text(), extras("partMetadata"));
        };
    }

    private Source source(String mediaType) {
        return new Source.Base64(mediaType, "AAAA==");
    }

    private Tools tools() {
        List<Tool> offered = new ArrayList<>(some(() -> new Tool("f" + random.nextInt(9), maybe(this::text), maybe(() -> new RawJson("{ \"type\":\"object\" }")), null, extras("declaration.behavior"), null), 0, 3));
        boolean hasFunctions = !offered.isEmpty();
        if (random.nextInt(3) == 0) {
            offered.add(new Tool("googleSearch", null, null, null, Map.of(), new Part.Opaque("gemini", "googleSearch", new RawJson("{\"googleSearch\":{ }}"))));
        }
        if (!hasFunctions) {
            return offered.isEmpty() ? Tools.NONE : new Tools(offered, null, null);
        }
        return switch (random.nextInt(6)) {
            case 0 -> new Tools(offered, ToolChoice.Mode.AUTO, null);
            case 1 -> new Tools(offered, ToolChoice.Mode.REQUIRED, null);
            case 2 -> new Tools(offered, new ToolChoice.Named("f1"), null);
            case 3 -> new Tools(offered, ToolChoice.Mode.NONE, null);
            case 4 -> new Tools(offered, new ToolChoice.Opaque("gemini", new RawJson("{\"mode\":\"VALIDATED\"}")), null);
            default -> new Tools(offered, null, null);
        };
    }

    private Sampling sampling() {
        Sampling sampling = new Sampling(maybe(() -> "0.10"), maybe(() -> "1e-1"), maybe(() -> "40"), maybe(() -> 1L + random.nextInt(9999)), maybe(() -> 1 + random.nextInt(8)),
                some(this::text, 0, 3), maybe(() -> "7"), maybe(() -> "0.5"), maybe(() -> "-1"));
        return sampling.equals(Sampling.DEFAULT) ? Sampling.DEFAULT : sampling;
    }

    private static Reasoning reasoning() {
        return Reasoning.DEFAULT;
    }

    private ResponseFormat format() {
        return switch (random.nextInt(4)) {
            case 0 -> ResponseFormat.Mode.JSON_OBJECT;
            case 1 -> new ResponseFormat.JsonSchema(null, null, new RawJson("{ \"type\":\"object\",\"$defs\":{} }"), null);
            case 2 -> ResponseFormat.Mode.TEXT;
            default -> null;
        };
    }

    ChatResponse response() {
        List<ChatResponse.Choice> choices = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            List<Part> parts = answer();
            boolean hasCalls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
            choices.add(new ChatResponse.Choice(i, new Message(Role.ASSISTANT, parts), random.nextInt(4) == 0 ? FinishReason.LENGTH
                    : random.nextInt(4) == 0 ? FinishReason.CONTENT_FILTER : hasCalls ? FinishReason.TOOL_CALLS : FinishReason.STOP, extras("safetyRatings", "avgLogprobs", "finishMessage")));
        }
        return new ChatResponse("id-1", 0, "m", choices, USAGES[random.nextInt(USAGES.length)], extras("usage.trafficType", "modelStatus"));
    }

    List<ChatChunk> stream() {
        List<ChatChunk> chunks = new ArrayList<>();
        chunks.add(new ChatChunk.Started("id-1", "m", 0, Map.of()));
        int kindBefore = -1;
        boolean hasCalls = false;
        int parts = 1 + random.nextInt(6);
        for (int part = 0; part < parts; part++) {
            int kind = random.nextInt(4);
            kind = kind == kindBefore && kind < 2 ? 2 : kind;
            kindBefore = kind;
            hasCalls |= kind == 2;
            part(part, kind, chunks);
        }
        chunks.add(new ChatChunk.Counted(Usage.of(5, 1)));
        chunks.add(new ChatChunk.Counted(Usage.of(5, 7)));
        chunks.add(new ChatChunk.Finished(0, hasCalls ? FinishReason.TOOL_CALLS : FinishReason.STOP, extras("safetyRatings", "finishMessage")));
        chunks.add(new ChatChunk.Ended());
        return chunks;
    }

    private void part(int part, int kind, List<ChatChunk> chunks) {
        switch (kind) {
            case 0 -> some(() -> new ChatChunk.TextDelta(0, part, text()), 1, 3).forEach(chunks::add);
            case 1 -> {
                some(() -> new ChatChunk.ThinkingDelta(0, part, text()), 1, 3).forEach(chunks::add);
                if (random.nextBoolean()) {
                    chunks.add(new ChatChunk.ThinkingSignature(0, part, "gemini:AA+/=="));
                }
            }
            case 2 -> {
                chunks.add(new ChatChunk.ToolCallStarted(0, part, "call_" + part, "f", random.nextBoolean() ? Map.of() : Map.of(Signatures.EXTRA, new RawJson("\"gemini:CC==\""))));
                chunks.add(new ChatChunk.ArgumentsDelta(0, part, "{\"a\""));
                chunks.add(new ChatChunk.ArgumentsDelta(0, part, ": 1e2}"));
            }
            default -> chunks.add(new ChatChunk.OpaquePart(0, part, new Part.Opaque("gemini", "executableCode", new RawJson("{\"executableCode\":{\"code\":\"" + part + "\"}}"))));
        }
        chunks.add(new ChatChunk.PartEnded(0, part));
    }
}
