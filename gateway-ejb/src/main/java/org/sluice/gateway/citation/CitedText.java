package org.sluice.gateway.citation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.RawJson;

/** The text of one choice while it is told, and the citations that wait for its end. One per stream, not thread-safe. */
public final class CitedText {
    private static final class Span {
        final int part;
        final int from;
        int to;

        Span(int part, int from, int to) {
            this.part = part;
            this.from = from;
            this.to = to;
        }
    }

    private final Map<Integer, Span> spans = new HashMap<>();
    private final List<ChatChunk.PartExtra> waiting = new ArrayList<>(0);
    private final Map<String, RawJson> answer;
    private Span last;
    private boolean isAnswerTold;
    private int length;

    /** @param answer the extras of the answer's beginning */
    public CitedText(Map<String, RawJson> answer) {
        this.answer = answer;
    }

    public void say(int part, String text) {
        if (last == null || last.part != part) {
            last = spans.computeIfAbsent(part, unused -> new Span(part, length, length));
        }
        length += text.length();
        last.to = length;
    }

    /** Keeps what is a citation; false for anything else. */
    public boolean cite(ChatChunk.PartExtra extra) {
        return Citations.isNamed(extra.name()) && waiting.add(extra);
    }

    /** Where this part's text begins in the answer's. */
    public int start(int part) {
        Span span = spans.get(part);
        return span == null ? length : span.from;
    }

    /** What waits, counted from the beginning of the choice's text, and once what the answer cites as a whole. */
    public List<Citation> take() {
        if (waiting.isEmpty() && (isAnswerTold || answer.isEmpty())) {
            return List.of();
        }
        List<Citation> found = new ArrayList<>();
        for (ChatChunk.PartExtra extra : waiting) {
            Span span = extra.name().equals(Citations.ANNOTATIONS) ? null : spans.get(extra.part());
            Citations.read(extra.value(), span == null ? 0 : span.from, span == null ? length : span.to, found);
        }
        waiting.clear();
        if (!isAnswerTold) {
            Citations.ofAnswer(answer, length, found);
            isAnswerTold = true;
        }
        return found;
    }
}
