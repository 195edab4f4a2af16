package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.usage.Usage;

/** Canonical answers of what every dialect has words for: one thought, texts, calls, an end and counts. The simplest choice is the first. */
final class RandomAnswer {
    private static final String[] TEXTS = {"a", "hello world", "\u00e9\u20ac\ud83d\ude00", "\"\\\n\t\u0001", "data: x\n\n", "[DONE]", "\u2028</s>", "x".repeat(300)};
    private static final String[] ARGUMENTS = {"{}", "{\"a\":1}", "{\"b\":[1,2.50,{\"c\":null}],\"d\":\"\u00e9\\n\"}", "{\"e\":{\"f\":true}}"};
    private final Random random;

    private RandomAnswer(Random random) {
        this.random = random;
    }

    static ChatResponse of(Random random) {
        return new RandomAnswer(random).next();
    }

    private ChatResponse next() {
        List<Part> parts = new ArrayList<>();
        if (random.nextInt(3) == 2) {
            parts.add(new Part.Thinking(text(), random.nextBoolean() ? "c2lnbmVk" + random.nextInt(9) : null));
        }
        if (random.nextInt(4) != 3) {
            parts.add(new Part.Text(text()));
        }
        int calls = random.nextInt(4) == 3 ? 1 + random.nextInt(3) : parts.isEmpty() ? 1 : 0;
        for (int i = 0; i < calls; i++) {
            parts.add(new Part.ToolCall("call_" + i, "f" + random.nextInt(3), ARGUMENTS[random.nextInt(ARGUMENTS.length)]));
        }
        FinishReason reason = calls > 0 ? FinishReason.TOOL_CALLS : random.nextInt(4) == 3 ? FinishReason.LENGTH : FinishReason.STOP;
        long read = random.nextInt(50);
        long thought = random.nextInt(20);
        Usage usage = new Usage(read + random.nextInt(900), thought + random.nextInt(900), read, 0, 0, thought, 0, 0);
        return new ChatResponse("answer-1", 1_700_000_000L, "model-1", List.of(new ChatResponse.Choice(0, new Message(Role.ASSISTANT, parts), reason, Map.of())), usage, Map.of());
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            text.append(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return text.toString();
    }
}
