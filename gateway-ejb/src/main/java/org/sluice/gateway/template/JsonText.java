package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code tojson} filter: JSON with sorted names, and with {@code < > & '} escaped, so that it may stand in HTML. */
final class JsonText {
    private final Output out;
    private final Budget budget;
    /** Null for one line. */
    private final String indent;

    private JsonText(Budget budget, String indent) {
        this.budget = budget;
        this.indent = indent;
        out = new Output(budget, 64);
    }

    /** @param indent the unit of indentation, or null for one line */
    static String of(Object value, String indent, Budget budget) {
        JsonText json = new JsonText(budget, indent);
        json.write(value, 0);
        return json.out.toString();
    }

    private void write(Object value, int depth) {
        Values.deeper(depth);
        budget.step();
        if (value instanceof String text) {
            quote(text);
        } else if (value instanceof Map<?, ?> map) {
            members(map, depth);
        } else if (value instanceof List<?> list && !(value instanceof Range)) {
            items(list, depth);
        } else if (value instanceof Double number) {
            out.add(number.isNaN() ? "NaN" : number.isInfinite() ? number > 0 ? "Infinity" : "-Infinity" : Written.real(number));
        } else if (value instanceof Boolean || value instanceof Number) {
            out.add(value.toString());
        } else if (value == None.NONE) {
            out.add("null");
        } else {
            Values.defined(value);
            throw Failure.value("Object of type " + Values.type(value) + " is not JSON serializable");
        }
    }

    private void items(List<?> list, int depth) {
        out.add('[');
        for (int i = 0; i < list.size(); i++) {
            separate(i == 0, depth + 1);
            write(list.get(i), depth + 1);
        }
        close(list.isEmpty(), ']', depth);
    }

    private void members(Map<?, ?> map, int depth) {
        List<Object> names = Sorting.sorted(new ArrayList<>(map.keySet()), name -> name, false, budget);
        Map<String, Object> members = new LinkedHashMap<>();
        for (Object name : names) {
            members.put(name(name), map.get(name));
        }
        out.add('{');
        boolean isFirst = true;
        for (Map.Entry<String, Object> member : members.entrySet()) {
            separate(isFirst, depth + 1);
            isFirst = false;
            quote(member.getKey());
            out.add(": ");
            write(member.getValue(), depth + 1);
        }
        close(members.isEmpty(), '}', depth);
    }

    private static String name(Object name) {
        return name instanceof String text ? text : name == None.NONE ? "null" : name instanceof Double number ? Written.real(number) : name.toString();
    }

    private void separate(boolean isFirst, int depth) {
        if (!isFirst) {
            out.add(indent == null ? ", " : ",");
        }
        if (indent != null) {
            out.add('\n').repeat(indent, depth);
        }
    }

    private void close(boolean isEmpty, char mark, int depth) {
        if (!isEmpty && indent != null) {
            out.add('\n').repeat(indent, depth);
        }
        out.add(mark);
    }

    private void quote(String text) {
        out.add('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.add("\\\"");
                case '\\' -> out.add("\\\\");
                case '\n' -> out.add("\\n");
                case '\r' -> out.add("\\r");
                case '\t' -> out.add("\\t");
                case '\b' -> out.add("\\b");
                case '\f' -> out.add("\\f");
                default -> {
                    if (c < ' ' || c > '~' || c == '<' || c == '>' || c == '&' || c == '\'') {
                        out.add(escape(c));
                    } else {
                        out.add(c);
                    }
                }
            }
        }
        out.add('"');
    }

    private static String escape(char c) {
        String hex = Integer.toHexString(c);
        return "\\u" + "0".repeat(4 - hex.length()) + hex;
    }
}
