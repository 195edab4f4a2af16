package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a request says, whatever format it is written in: its instructions, then turn by turn each text, image, call and
 * result, a result with the number of the call it answers. Thoughts are kept apart, because not every model wants them back.
 */
final class Asked {
    final StringBuilder system = new StringBuilder();
    final List<String> said = new ArrayList<>();
    final List<String> signatures = new ArrayList<>();
    final List<String> tools = new ArrayList<>();
    private final Map<String, Integer> calls = new LinkedHashMap<>();

    /** Neighbouring texts of one speaker are one text. */
    void text(String who, String text) {
        int last = said.size() - 1;
        if (text != null && !text.isEmpty() && last >= 0 && said.get(last).startsWith(who + " says ")) {
            said.set(last, said.get(last) + text);
        } else if (text != null && !text.isEmpty()) {
            said.add(who + " says " + text);
        }
    }

    void image(String who, String source) {
        said.add(who + " shows " + source);
    }

    /** @param id null in formats that know calls by their names */
    void call(String id, String name, Object arguments) {
        calls.put(id == null || id.isEmpty() ? name + " " + calls.size() : id, calls.size());
        said.add("assistant calls " + name + " with " + Tree.write(arguments));
    }

    void result(String id, String name, String text) {
        Integer call = id == null ? null : calls.get(id);
        if (call == null) {
            call = calls.entrySet().stream().filter(entry -> entry.getKey().startsWith(name + " ")).map(Map.Entry::getValue).reduce((before, last) -> last).orElse(-1);
        }
        said.add("call " + call + " gives " + bare(text));
    }

    /** Gemini's results are objects; a text stands in one alone, and may stay in it on its way to another format. */
    private static String bare(String text) {
        return Tree.readOrText(text) instanceof Map<?, ?> object && object.size() == 1 && object.values().iterator().next() instanceof String alone ? alone : text;
    }

    void sign(String signature) {
        if (signature != null && !signature.isEmpty()) {
            signatures.add(signature);
        }
    }

    /** A tool by its name and those of its arguments. */
    void tool(String name, Object schema) {
        tools.add(name + new TreeSet<>(Tree.object(schema, "properties").keySet()));
    }

    @Override
    public String toString() {
        return "system=" + system + " said=" + said + " tools=" + tools;
    }
}
