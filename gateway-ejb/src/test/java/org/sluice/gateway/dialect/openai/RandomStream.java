package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.usage.Usage;

/** A canonical stream of one or two choices; neighbouring parts differ in kind, as they do in this dialect. */
final class RandomStream {
    private static final String[] WORDS = {"a", "data: x\n\n", "\"}", "é€😀", "\ud83d", "\r\n", "[DONE]", "{\"error\":{}}", " "};
    final List<ChatChunk> chunks = new ArrayList<>();
    private final Random random;

    RandomStream(Random random) {
        this.random = random;
        chunks.add(new ChatChunk.Started("msg_1", "m", 9, Map.of()));
        for (int choice = 0; choice <= random.nextInt(2); choice++) {
            choice(choice);
        }
        chunks.add(new ChatChunk.Counted(Usage.of(5, 1)));
        chunks.add(new ChatChunk.Counted(Usage.of(5, 7)));
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private void choice(int choice) {
        int parts = random.nextInt(5);
        int before = -1;
        for (int part = 0; part < parts; part++) {
            int kind = random.nextInt(5);
            if (kind == before && kind < 2) {
                kind = 3;
            }
            part(choice, part, kind);
            before = kind;
        }
        chunks.add(new ChatChunk.Finished(choice, parts == 0 ? FinishReason.LENGTH : FinishReason.STOP, Map.of()));
    }

    private void part(int choice, int part, int kind) {
        int size = 1 + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            switch (kind) {
                case 0 -> chunks.add(new ChatChunk.TextDelta(choice, part, word()));
                case 1 -> chunks.add(new ChatChunk.RefusalDelta(choice, part, word()));
                case 2 -> chunks.add(new ChatChunk.ThinkingDelta(choice, part, word()));
                case 3 -> chunks.add(i == 0 ? new ChatChunk.ToolCallStarted(choice, part, "id" + part, "f", Map.of()) : new ChatChunk.ArgumentsDelta(choice, part, word()));
                default -> {
                    chunks.add(new ChatChunk.RedactedThinking(choice, part, "data"));
                    return;
                }
            }
        }
        if (kind == 2) {
            chunks.add(new ChatChunk.ThinkingSignature(choice, part, "sig" + part));
        } else if (kind == 3 && size == 1) {
            chunks.add(new ChatChunk.ArgumentsDelta(choice, part, "{}"));
        }
        if (random.nextBoolean()) {
            chunks.add(new ChatChunk.PartEnded(choice, part));
        }
    }
}
