package org.sluice.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table "which model" of docs/routing.md is made of the code; {@code -Dsluice.docs.write=true} writes it anew. */
class RoutingPageTest {
    private static final String BEGIN = "<!-- rules of the choice: made by RoutingPageTest -->";
    private static final String END = "<!-- end of the rules -->";

    private static Path page() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = at.getParent();
        }
        return at.resolve("docs/routing.md");
    }

    private static List<String> table() {
        List<String> lines = new ArrayList<>(List.of(BEGIN, "", "| | When | Who is asked |", "|---|---|---|"));
        for (ModelChoice.Rule rule : ModelChoice.Rule.values()) {
            lines.add("| " + (rule.ordinal() + 1) + " | " + rule.when() + " | " + rule.answers() + " |");
        }
        lines.addAll(List.of("", END));
        return lines;
    }

    @Test
    void the_page_has_the_rules_of_the_code() throws IOException {
        List<String> page = Files.readAllLines(page());
        int from = page.indexOf(BEGIN);
        int to = page.indexOf(END);
        if (Boolean.getBoolean("sluice.docs.write")) {
            List<String> written = new ArrayList<>(page.subList(0, from));
            written.addAll(table());
            written.addAll(page.subList(to + 1, page.size()));
            Files.write(page(), written);
            return;
        }
        assertThat(page.subList(from, to + 1)).isEqualTo(table());
    }
}
