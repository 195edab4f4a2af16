package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.sluice.gateway.citation.CitedText;

/** What the writer of a stream remembers of one choice. */
final class ChoiceWriter {
    private static final class Call {
        final int part;
        boolean hasArguments;

        Call(int part) {
            this.part = part;
        }
    }

    /** Citations of other dialects, which wait for the end of the text. */
    final CitedText cited = new CitedText(Map.of());
    private final List<Call> calls = new ArrayList<>();
    private final StringBuilder thought = new StringBuilder();
    private int thoughtPart = -1;
    private boolean hasRole;

    /** True once: the first delta names the role. */
    boolean takeRole() {
        boolean isFirst = !hasRole;
        hasRole = true;
        return isFirst;
    }

    void think(int part, String words) {
        if (part != thoughtPart) {
            thought.setLength(0);
            thoughtPart = part;
        }
        thought.append(words);
    }

    String thought(int part) {
        return part == thoughtPart ? thought.toString() : "";
    }

    /** The number of the call among the calls of this choice. */
    int startCall(int part) {
        calls.add(new Call(part));
        return calls.size() - 1;
    }

    /** The number of the call, -1 when it never started. */
    int argue(int part, String fragment) {
        int index = indexOf(part);
        if (index >= 0 && !fragment.isEmpty()) {
            calls.get(index).hasArguments = true;
        }
        return index;
    }

    /** The number of the call when its arguments are still missing, else -1; asks only once. */
    int unanswered(int part) {
        int index = indexOf(part);
        if (index < 0 || calls.get(index).hasArguments) {
            return -1;
        }
        calls.get(index).hasArguments = true;
        return index;
    }

    void forUnanswered(IntConsumer action) {
        for (Call call : calls) {
            int index = unanswered(call.part);
            if (index >= 0) {
                action.accept(index);
            }
        }
    }

    private int indexOf(int part) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            if (calls.get(i).part == part) {
                return i;
            }
        }
        return -1;
    }
}
