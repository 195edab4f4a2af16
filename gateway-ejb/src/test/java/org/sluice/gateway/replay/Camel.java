package org.sluice.gateway.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Google's APIs take {@code inline_data} for {@code inlineData}; one spelling is enough for a schema. What callers name themselves stays. */
final class Camel {
    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");
    private static final Set<String> CALLERS = Set.of("args", "response", "properties", "parametersJsonSchema", "responseJsonSchema", "labels", "default", "example");

    private Camel() { }

    static String of(String json) {
        return Tree.write(of(Tree.read(json)));
    }

    private static Object of(Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> named = new LinkedHashMap<>();
            object.forEach((name, member) -> {
                String own = UNDERSCORE.matcher((String) name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
                named.put(own, CALLERS.contains(own) ? member : of(member));
            });
            return named;
        }
        return value instanceof List<?> items ? new ArrayList<Object>(items.stream().map(Camel::of).toList()) : value;
    }
}
