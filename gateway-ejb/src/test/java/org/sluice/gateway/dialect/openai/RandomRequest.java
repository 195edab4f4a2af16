package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Part.Source;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;

/** Canonical requests of everything this dialect can say. */
final class RandomRequest {
    private static final String[] TEXTS = {"", "hello", "é€😀", "half \ud800 pair", "\"\\\n\t\u0000\u001f", "data: [DONE]\n\n", "</s>", "a".repeat(700)};
    private final Random random;
    private final RandomJson json;

    RandomRequest(Random random) {
        this.random = random;
        this.json = new RandomJson(random);
    }

    ChatRequest next() {
        boolean isStream = random.nextBoolean();
        return new ChatRequest(OpenAiDialect.NAME, "some/model-" + random.nextInt(9), list(this::message, 4), tools(), sampling(), reasoning(),
                maybe(this::format), isStream, isStream, maybe(this::text), extras("x", "service_tier", "web_search_options"));
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> list(Supplier<T> item, int max) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private String number() {
        return List.of("0.10", "1", "1e-1", "0").get(random.nextInt(4));
    }

    private RawJson raw() {
        return new RawJson(json.value(2).strip());
    }

    private RawJson object() {
        return new RawJson("{ \"z\":1e2,\"a\":" + json.value(2) + "}");
    }

    private Map<String, RawJson> extras(String... names) {
        Map<String, RawJson> extras = new LinkedHashMap<>();
        for (String name : names) {
            if (random.nextInt(4) == 0) {
                extras.put(name, raw());
            }
        }
        return extras;
    }

    private Message message() {
        Map<String, RawJson> extras = extras("cache_control", "y");
        return switch (random.nextInt(5)) {
            case 0 -> new Message(Role.SYSTEM, null, List.of(new Part.Text(text(), extras("cache_control"))), extras);
            case 1 -> new Message(Role.DEVELOPER, maybe(this::text), List.of(new Part.Text(text())), extras);
            case 2 -> new Message(Role.USER, maybe(this::text), list(this::userPart, 4), extras);
            case 3 -> new Message(Role.TOOL, null, List.of(new Part.ToolResult("call_" + random.nextInt(9), List.of(new Part.Text(text()), new Part.Text(text())), false, Map.of())), extras);
            default -> new Message(Role.ASSISTANT, null, assistantParts(), extras);
        };
    }

    private List<Part> assistantParts() {
        List<Part> parts = new ArrayList<>(list(() -> random.nextInt(3) == 0 ? new Part.RedactedThinking(text(), extras("z"))
                : new Part.Thinking(maybe(this::text), maybe(() -> "sig/+=="), extras("z")), 3));
        parts.addAll(list(() -> random.nextInt(4) == 0 ? new Part.Refusal(text(), Map.of()) : new Part.Text(text(), extras("cache_control")), 3));
        parts.addAll(list(() -> new Part.ToolCall("call_" + random.nextInt(99), "f", List.of("{}", "{\"a\": 1}", "not json").get(random.nextInt(3)), extras("extra_content", "function.t")), 3));
        return parts;
    }

    private Part userPart() {
        return switch (random.nextInt(6)) {
            case 0 -> new Part.Image(source(), maybe(() -> "low"), extras("cache_control", "image_url.q"));
            case 1 -> new Part.Audio(new Source.Base64("audio/wav", "AAAA"), "wav", extras("input_audio.q"));
            case 2 -> new Part.Document(random.nextBoolean() ? new Source.FileId("file-1") : source(), maybe(this::text), extras("file.q", "cache_control"));
            case 3 -> new Part.Opaque("openai", "video_url", new RawJson("{\"type\":\"video_url\",\"video_url\":" + raw() + "}"));
            default -> new Part.Text(text(), extras("cache_control"));
        };
    }

    private Source source() {
        return random.nextBoolean() ? new Source.Url("https://example.com/a?b=1") : new Source.Base64("application/pdf", "AAAA==");
    }

    private Tools tools() {
        List<Tool> offered = list(() -> random.nextInt(4) == 0
                ? new Tool("web_search", null, null, null, Map.of(), new Part.Opaque("openai", "web_search", new RawJson("{\"type\":\"web_search\",\"a\":" + raw() + "}")))
                : new Tool("f" + random.nextInt(9), maybe(this::text), maybe(this::object), maybe(random::nextBoolean), extras("cache_control", "function.q"), null), 3);
        ToolChoice choice = switch (random.nextInt(6)) {
            case 0 -> ToolChoice.Mode.AUTO;
            case 1 -> ToolChoice.Mode.NONE;
            case 2 -> ToolChoice.Mode.REQUIRED;
            case 3 -> new ToolChoice.Named("f1");
            case 4 -> new ToolChoice.Opaque("openai", new RawJson("{\"type\":\"allowed_tools\",\"a\":" + raw() + "}"));
            default -> null;
        };
        return new Tools(offered, choice, maybe(random::nextBoolean));
    }

    private Sampling sampling() {
        return new Sampling(maybe(this::number), maybe(this::number), maybe(() -> "40"), maybe(() -> 1L + random.nextInt(9999)), maybe(() -> 1 + random.nextInt(9)),
                list(this::text, 3), maybe(() -> "12345678901234567890"), maybe(this::number), maybe(this::number));
    }

    private Reasoning reasoning() {
        String effort = maybe(() -> "low");
        return switch (random.nextInt(3)) {
            case 0 -> new Reasoning(effort, 2048L, true, new RawJson("{\"type\":\"enabled\",\"budget_tokens\":2048,\"q\":1}"));
            case 1 -> new Reasoning(effort, null, false, new RawJson("{\"type\":\"disabled\"}"));
            default -> new Reasoning(effort, null, null, null);
        };
    }

    private ResponseFormat format() {
        return switch (random.nextInt(3)) {
            case 0 -> ResponseFormat.Mode.TEXT;
            case 1 -> ResponseFormat.Mode.JSON_OBJECT;
            default -> new ResponseFormat.JsonSchema("n", maybe(this::text), object(), maybe(random::nextBoolean));
        };
    }
}
