package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an answer says, in whichever wire format it was told. Grows while a reader goes over the answer. */
final class Said {
    /** {@code arguments} by value, or as text when they are no JSON; {@code id} null when the format gives none. */
    record Call(String id, String name, Object arguments) { }

    /** Counts as the gateway defines them: cached tokens are part of the input, reasoning is part of the output. */
    record Counts(long input, long output, long cacheRead, long cacheWrite, long reasoning) { }

    /** {@code end}: stop, length, tool_calls, content_filter, refusal, paused, other, or null. */
    static final class Choice {
        final StringBuilder text = new StringBuilder();
        final StringBuilder refusal = new StringBuilder();
        final StringBuilder thinking = new StringBuilder();
        final List<Call> calls = new ArrayList<>();
        final List<String> signatures = new ArrayList<>();
        final List<String> citations = new ArrayList<>();
        String end;

        /** Text of an answer, with what a model said instead of it when it refused. */
        String words() {
            return text.toString() + refusal;
        }

        String thoughts() {
            return thinking.toString().replaceAll("\\s+", "");
        }

        @Override
        public String toString() {
            return "text=" + text + " refusal=" + refusal + " thinking=" + thinking + " calls=" + calls + " citations=" + citations + " end=" + end;
        }
    }

    String model;
    String error;
    Counts usage;
    final SortedMap<Integer, Choice> choices = new TreeMap<>();

    Choice choice(long index) {
        return choices.computeIfAbsent((int) index, unused -> new Choice());
    }

    void model(String name) {
        model = model == null || model.isEmpty() ? name : model;
    }

    /** A citation is known by the first of these that is there. */
    static void cite(Choice choice, String... keys) {
        for (String key : keys) {
            if (key != null && !key.isBlank()) {
                choice.citations.add(key);
                return;
            }
        }
    }

    /** A page is known by its address, a document by a file's id, its title or the words quoted. */
    static boolean isPage(String citation) {
        return citation.startsWith("http");
    }

    static void sign(Choice choice, String signature) {
        if (signature != null && !signature.isEmpty()) {
            choice.signatures.add(signature);
        }
    }

    @Override
    public String toString() {
        return "model=" + model + " usage=" + usage + " error=" + Objects.toString(error) + " choices=" + choices;
    }
}
