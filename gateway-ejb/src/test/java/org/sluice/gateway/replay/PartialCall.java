package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A function call of Gemini whose arguments come value by value, each under a path such as {@code $.steps[0].text}. */
record PartialCall(String id, String name, Map<String, Object> arguments) {
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[]+)|\\[(\\d+)]|\\['([^']*)']");

    PartialCall(String id, String name) {
        this(id, name, new LinkedHashMap<>());
    }

    /** One value, or the next piece of a string. */
    void add(Object piece) {
        List<Object> path = new ArrayList<>();
        Matcher step = STEP.matcher(Tree.text(piece, "jsonPath"));
        while (step.find()) {
            path.add(step.group(2) != null ? (Object) Integer.parseInt(step.group(2)) : step.group(1) != null ? step.group(1) : step.group(3));
        }
        Object value = Tree.at(piece, "stringValue") != null ? Tree.at(piece, "stringValue")
                : Tree.at(piece, "numberValue") != null ? Tree.at(piece, "numberValue") : Tree.at(piece, "boolValue");
        if (value != null) {
            put(arguments, path, 0, value);
        }
    }

    @SuppressWarnings("unchecked")
    private static void put(Object into, List<Object> path, int at, Object value) {
        Object before = into instanceof Map<?, ?> map ? map.get(path.get(at)) : at < path.size() && (int) path.get(at) < ((List<Object>) into).size() ? ((List<Object>) into).get((int) path.get(at)) : null;
        boolean isLast = at == path.size() - 1;
        Object after = isLast ? (before instanceof String text && value instanceof String more ? text + more : value)
                : before != null ? before : path.get(at + 1) instanceof Integer ? new ArrayList<Object>() : new LinkedHashMap<String, Object>();
        if (into instanceof Map<?, ?>) {
            ((Map<String, Object>) into).put((String) path.get(at), after);
        } else if (before == null) {
            ((List<Object>) into).add(after);
        } else {
            ((List<Object>) into).set((int) path.get(at), after);
        }
        if (!isLast) {
            put(after, path, at + 1, value);
        }
    }
}
