package org.sluice.gateway.dialect.openai;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.usage.Usage;

/** What a stream says in all: by choice, its parts in order, each as kind and words. */
record Assembled(Map<Integer, Map<Integer, String>> parts, Map<Integer, FinishReason> finishes, Usage usage) {
    static Assembled of(List<ChatChunk> chunks) {
        Assembled all = new Assembled(new TreeMap<>(), new TreeMap<>(), null);
        Usage usage = null;
        for (ChatChunk chunk : chunks) {
            all.add(chunk);
            usage = chunk instanceof ChatChunk.Counted counted ? counted.usage() : usage;
        }
        return new Assembled(all.parts, all.finishes, usage);
    }

    private void add(ChatChunk chunk) {
        if (chunk instanceof ChatChunk.TextDelta d) {
            put(d.choice(), d.part(), "text:", d.text());
        } else if (chunk instanceof ChatChunk.RefusalDelta d) {
            put(d.choice(), d.part(), "refusal:", d.text());
        } else if (chunk instanceof ChatChunk.ThinkingDelta d) {
            put(d.choice(), d.part(), "thinking:", d.text());
        } else if (chunk instanceof ChatChunk.ThinkingSignature d) {
            put(d.choice(), d.part(), "thinking:", "|" + d.signature());
        } else if (chunk instanceof ChatChunk.RedactedThinking d) {
            put(d.choice(), d.part(), "redacted:", d.data());
        } else if (chunk instanceof ChatChunk.ToolCallStarted d) {
            put(d.choice(), d.part(), "call:", d.id() + " " + d.name() + " ");
        } else if (chunk instanceof ChatChunk.ArgumentsDelta d) {
            put(d.choice(), d.part(), "call:", d.fragment());
        } else if (chunk instanceof ChatChunk.Finished d) {
            finishes.put(d.choice(), d.reason());
        }
    }

    private void put(int choice, int part, String kind, String words) {
        parts.computeIfAbsent(choice, c -> new TreeMap<>()).merge(part, kind + words, (before, more) -> before + more.substring(kind.length()));
    }

    String words(int choice, String kind) {
        StringBuilder words = new StringBuilder();
        parts.getOrDefault(choice, Map.of()).values().stream().filter(part -> part.startsWith(kind)).forEach(part -> words.append(part.substring(kind.length())));
        return words.toString();
    }

    List<String> calls(int choice) {
        return parts.getOrDefault(choice, Map.of()).values().stream().filter(part -> part.startsWith("call:")).map(part -> part.substring(5)).toList();
    }
}
