package org.sluice.gateway.dialect.openai;

import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Well-formed JSON with odd spacing, escapes and numbers. */
final class RandomJson {
    private static final String[] LITERALS = {"null", "true", "false", "0", "-0.0", "1e2", "1.0", "0.1000", "12345678901234567890123", "\"\"",
        "\"a,b]}\"", "\"\\\"{[\\\\\"", "\"é€😀\"", "\"\\ud800\"", "\"line\\nbreak\""};
    private static final String[] SPACES = {"", "", "", " ", "\n", "\t ", "\r\n"};
    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    String space() {
        return SPACES[random.nextInt(SPACES.length)];
    }

    String value(int depth) {
        int kind = depth == 0 ? 9 : random.nextInt(10);
        if (kind > 3) {
            return LITERALS[random.nextInt(LITERALS.length)];
        }
        StringBuilder text = new StringBuilder(kind > 1 ? "[" : "{").append(space());
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : "," + space()).append(kind > 1 ? "" : "\"k" + i + "\"" + space() + ":" + space()).append(value(depth - 1)).append(space());
        }
        return text.append(kind > 1 ? "]" : "}").toString();
    }

    String object(Map<String, String> members) {
        return space() + "{" + space() + members.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\"" + space() + ":" + space() + entry.getValue() + space())
                .collect(Collectors.joining("," + space())) + "}" + space();
    }
}
