package org.sluice.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/templates.md says what there is, and its examples print what it says. */
class TemplatesPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("^\\| `(\\{.*)` \\| `(.*)` \\|$", Pattern.MULTILINE);
    private static final Map<String, Object> VARIABLES = Map.of("user", Map.of("name", "Sarah", "tags", List.of("a", "b")), "price", 2.5, "words", List.of("pear", "Fig"));
    private final String page;

    TemplatesPageTest() throws IOException {
        page = Files.readString(Path.of("../docs/templates.md"));
    }

    @Test
    void the_examples_print_what_the_page_says() {
        int examples = 0;
        for (Matcher example = EXAMPLE.matcher(page); example.find(); examples++) {
            String template = example.group(1).replace("\\|", "|");
            assertThat(Template.compile(template).render(VARIABLES)).as(template).isEqualTo(example.group(2));
        }
        assertThat(examples).isGreaterThanOrEqualTo(10);
    }

    @Test
    void the_page_lists_the_filters_and_tests_there_are() {
        assertThat(listed("### Filters", "### Tests")).isEqualTo(Filters.names());
        assertThat(listed("### Tests", "### Methods")).isEqualTo(Checks.names());
    }

    @Test
    void the_page_lists_the_methods_there_are() {
        assertThat(listed("- of text:", "- of dicts:")).isEqualTo(TextMethods.names());
        for (String method : listed("- of dicts:", "- of lists:")) {
            assertThat(Template.compile("{{ x." + method + (method.equals("get") ? "(1)" : "()") + " }}").render(Map.of("x", Map.of()))).as(method).isNotNull();
        }
        for (String method : listed("- of lists:", "## Variables")) {
            assertThat(Template.compile("{{ x." + method + (method.equals("copy") ? "()" : "(1)") + " }}").render(Map.of("x", List.of(1)))).as(method).isNotNull();
        }
    }

    @Test
    void the_page_tells_the_limits() {
        TemplateLimits limits = TemplateLimits.DEFAULT;
        assertThat(page).contains((limits.sourceCharacters() >> 10) + " Ki characters", (limits.outputCharacters() >> 20) + " Mi characters",
                String.format(java.util.Locale.ROOT, "| %,d |", limits.steps()), String.format(java.util.Locale.ROOT, "| %,d |", limits.iterations()),
                limits.cpuNanos() / 1_000_000 + " ms", limits.nesting() + " levels;");
    }

    private Set<String> listed(String from, String to) {
        String part = page.substring(page.indexOf(from), page.indexOf(to));
        return Stream.of(part.split("`")).skip(1).filter(word -> !word.isBlank() && word.matches("[a-z]+|[=!<>]+")).collect(Collectors.toSet());
    }
}
