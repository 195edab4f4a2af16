package org.sluice.gateway.dialect.anthropic;

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
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;

/**
 * Canonical requests in the form that Anthropic's dialect can say without changing it: turns alternate, results come
 * first, no text is blank, thoughts are signed.
 */
final class RandomMessages {
    private static final String[] TEXTS = {"hello", "é€😀", "half \ud800 pair", "\"\\\n\t\u0000\u001f", "data: x\n\n", "<system>", "a".repeat(700)};
    private static final RawJson[] VALUES = {new RawJson("{ \"z\":1e2,\"a\":[] }"), new RawJson("\"x\""), new RawJson("-0.0"), new RawJson("[1,{\"b\":true}]")};
    private final Random random;
    private int calls;

    RandomMessages(Random random) {
        this.random = random;
    }

    ChatRequest next() {
        return new ChatRequest(AnthropicDialect.NAME, "claude-sonnet-4-5", messages(), tools(), sampling(), reasoning(), null, random.nextBoolean(), true, maybe(this::text),
                extras("container", "context_management", "anything"));
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

    private Part.Text words() {
        return new Part.Text(text(), extras("cache_control", "citations"));
    }

    private List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        if (random.nextBoolean()) {
            messages.add(new Message(Role.SYSTEM, new ArrayList<>(some(this::words, 1, 3))));
        }
        messages.add(new Message(Role.USER, some(this::userPart, 1, 3)));
        for (int turn = random.nextInt(4); turn > 0; turn--) {
            List<Part> said = some(this::assistantPart, 1, 5);
            messages.add(new Message(Role.ASSISTANT, said));
            List<Part.ToolCall> made = said.stream().filter(Part.ToolCall.class::isInstance).map(Part.ToolCall.class::cast).toList();
            made.forEach(call -> messages.add(new Message(Role.TOOL, List.of(new Part.ToolResult(call.id(), some(this::resultPart, 0, 3), random.nextBoolean(), extras("cache_control"))))));
            if (made.isEmpty() || random.nextBoolean()) {
                messages.add(new Message(Role.USER, some(this::userPart, 1, 2)));
            }
        }
        return messages;
    }

    private Part assistantPart() {
        return switch (random.nextInt(5)) {
            case 0 -> new Part.Thinking(text(), "sig/+==" + random.nextInt(9), extras("x"));
            case 1 -> new Part.RedactedThinking("data", Map.of());
            case 2 -> new Part.ToolCall("toolu_" + calls++, "f", "{ \"a\":1e2 }", extras("cache_control", "caller"));
            case 3 -> new Part.Opaque("anthropic", "server_tool_use", new RawJson("{\"type\":\"server_tool_use\", \"id\":\"s\"}"));
            default -> words();
        };
    }

    private Part resultPart() {
        return random.nextInt(3) == 0 ? new Part.Image(source("image/png"), null, Map.of())
                : random.nextInt(4) == 0 ? new Part.Opaque("anthropic", "search_result", new RawJson("{\"type\":\"search_result\",\"title\":\"t\"}")) : words();
    }

    private Part userPart() {
        return switch (random.nextInt(5)) {
            case 0 -> new Part.Image(source("image/png"), null, extras("cache_control"));
            case 1 -> new Part.Document(random.nextBoolean() ? new Source.Inline("text/plain", text()) : source("application/pdf"), maybe(this::text), extras("cache_control", "context", "citations"));
            case 2 -> new Part.Opaque("anthropic", "container_upload", new RawJson("{\"type\":\"container_upload\", \"file_id\":\"f\"}"));
            default -> words();
        };
    }

    private Source source(String mediaType) {
        return switch (random.nextInt(3)) {
            case 0 -> new Source.Url("https://example.com/a?b=1");
            case 1 -> new Source.FileId("file_1");
            default -> new Source.Base64(mediaType, "AAAA==");
        };
    }

    private Tools tools() {
        List<Tool> offered = some(() -> random.nextInt(4) == 0
                ? new Tool("bash", null, null, null, Map.of(), new Part.Opaque("anthropic", "bash_20250124", new RawJson("{\"type\":\"bash_20250124\",\"name\":\"bash\"}")))
                : new Tool("f" + random.nextInt(9), maybe(this::text), new RawJson("{ \"type\":\"object\" }"), maybe(random::nextBoolean), extras("cache_control", "defer_loading"), null), 0, 3);
        if (offered.isEmpty()) {
            return Tools.NONE;
        }
        return switch (random.nextInt(5)) {
            case 0 -> new Tools(offered, ToolChoice.Mode.AUTO, maybe(random::nextBoolean));
            case 1 -> new Tools(offered, ToolChoice.Mode.REQUIRED, maybe(random::nextBoolean));
            case 2 -> new Tools(offered, new ToolChoice.Named("f1"), maybe(random::nextBoolean));
            case 3 -> new Tools(offered, ToolChoice.Mode.NONE, null);
            default -> new Tools(offered, null, null);
        };
    }

    private Sampling sampling() {
        return new Sampling(maybe(() -> "0.10"), maybe(() -> "1e-1"), maybe(() -> "40"), 1L + random.nextInt(9999), null, some(this::text, 0, 3), null, null, null);
    }

    private Reasoning reasoning() {
        return random.nextBoolean() ? Reasoning.DEFAULT
                : new Reasoning(null, 2000L, true, new RawJson("{\"type\":\"enabled\", \"budget_tokens\":2000}"));
    }
}
