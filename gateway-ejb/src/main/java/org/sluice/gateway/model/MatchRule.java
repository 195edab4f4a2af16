package org.sluice.gateway.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.sluice.gateway.json.JsonValue;

/** Which names mean a model. Rules and names are compared in lower case. */
sealed interface MatchRule {
    int MAX_REGEX = 200;
    int MAX_REPETITIONS = 3;

    /** @param name in lower case */
    boolean matches(String name);

    record Equals(String text) implements MatchRule {
        @Override public boolean matches(String name) { return name.equals(text); }
    }

    record StartsWith(String text) implements MatchRule {
        @Override public boolean matches(String name) { return name.startsWith(text); }
    }

    record EndsWith(String text) implements MatchRule {
        @Override public boolean matches(String name) { return name.endsWith(text); }
    }

    record Contains(String text) implements MatchRule {
        @Override public boolean matches(String name) { return name.contains(text); }
    }

    record Regex(Pattern pattern) implements MatchRule {
        @Override public boolean matches(String name) { return pattern.matcher(name).find(); }
    }

    record Any(List<MatchRule> rules) implements MatchRule {
        @Override public boolean matches(String name) { return anyOf(rules, name); }
    }

    record All(List<MatchRule> rules) implements MatchRule {
        @Override public boolean matches(String name) {
            for (MatchRule rule : rules) {
                if (!rule.matches(name)) {
                    return false;
                }
            }
            return true;
        }
    }

    static boolean anyOf(List<MatchRule> rules, String name) {
        for (MatchRule rule : rules) {
            if (rule.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads an object of one member: {@code equals}, {@code starts_with}, {@code ends_with}, {@code contains},
     * {@code regex}, {@code or}, {@code and}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    static MatchRule read(JsonValue value) {
        if (!(value instanceof JsonValue.JsonObject object) || object.members().size() != 1) {
            throw new IllegalArgumentException("a match rule is an object with one member");
        }
        Map.Entry<String, JsonValue> member = object.members().entrySet().iterator().next();
        return switch (member.getKey()) {
            case "or" -> new Any(readAll(member.getValue()));
            case "and" -> new All(readAll(member.getValue()));
            default -> readText(member.getKey(), member.getValue().asText());
        };
    }

    /** The rules of an array. */
    static List<MatchRule> readAll(JsonValue value) {
        if (!(value instanceof JsonValue.JsonArray array)) {
            throw new IllegalArgumentException("match rules stand in an array");
        }
        List<MatchRule> rules = new ArrayList<>();
        for (JsonValue item : array.items()) {
            rules.add(read(item));
        }
        return List.copyOf(rules);
    }

    private static MatchRule readText(String kind, String text) {
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("a match rule has a text that is not empty");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "equals" -> new Equals(lower);
            case "starts_with" -> new StartsWith(lower);
            case "ends_with" -> new EndsWith(lower);
            case "contains" -> new Contains(lower);
            case "regex" -> new Regex(Pattern.compile(checkedRegex(text), Pattern.CASE_INSENSITIVE));
            default -> throw new IllegalArgumentException("a match rule is no '" + kind + "'");
        };
    }

    /** Refuses what can take exponential time: repeated groups and back references; and more than a few open repetitions. */
    private static String checkedRegex(String regex) {
        int repetitions = 0;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            char next = i + 1 < regex.length() ? regex.charAt(i + 1) : 0;
            if (c == '\\') {
                if (Character.isDigit(next) || next == 'k') {
                    throw new IllegalArgumentException("a regex without back references is needed");
                }
                i++;
            } else if (c == ')' && (next == '*' || next == '+' || next == '{')) {
                throw new IllegalArgumentException("a regex without repeated groups is needed");
            } else if (c == '*' || c == '+' || c == '{' && regex.indexOf('}', i) > 0 && regex.substring(i, regex.indexOf('}', i)).endsWith(",")) {
                repetitions++;
            }
        }
        if (regex.length() > MAX_REGEX || repetitions > MAX_REPETITIONS) {
            throw new IllegalArgumentException("a regex of at most " + MAX_REGEX + " characters and " + MAX_REPETITIONS + " open repetitions is needed");
        }
        return regex;
    }
}
