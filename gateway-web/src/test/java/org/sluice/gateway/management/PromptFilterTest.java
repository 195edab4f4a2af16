package org.sluice.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.prompt.Prompt;
import org.sluice.gateway.prompt.PromptSummary;

class PromptFilterTest {
    private static final List<PromptSummary> ALL = List.of(
            summary("a", "Support answers", 1, true, false, "gpt-4o", "2026-01-01T00:00:00Z"), summary("b", "Sales", 5, false, false, "claude", "2026-02-01T00:00:00Z"),
            summary("c", "support old", 9, false, true, null, "2026-03-01T00:00:00Z"), summary("d", "New", 0, false, false, null, "2026-04-01T00:00:00Z"));

    private static PromptSummary summary(String id, String name, int commits, boolean isStarred, boolean isDeleted, String model, String time) {
        Instant at = Instant.parse(time);
        PromptSummary.Version version = model == null ? null : new PromptSummary.Version(commits, model, "", true, at);
        return new PromptSummary(new Prompt(id, "acme", name.toLowerCase().replace(' ', '-'), name, "", isStarred, isDeleted, commits, at, at), version,
                version == null || id.equals("b") ? Map.of() : Map.of("prod", version), "prod");
    }

    private static String found(String filters) {
        return String.join("", ALL.stream().filter(PromptFilter.read(JsonReader.readObject(filters.getBytes(StandardCharsets.UTF_8)))).map(one -> one.prompt().id()).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{}|abd",
        "{\"name\":{\"operator\":\"icontains\",\"value\":[\"support\"]}}|a",
        "{\"name\":{\"operator\":\"contains\",\"value\":[\"support\"]}}|``",
        "{\"name\":{\"operator\":\"not_contains\",\"value\":[\"Sa\"]}}|ad",
        "{\"name\":{\"operator\":\"\",\"value\":[\"Sales\",\"New\"]}}|bd",
        "{\"name\":{\"operator\":\"not\",\"value\":[\"Sales\",\"New\"]}}|a",
        "{\"name\":{\"operator\":\"not_in\",\"value\":[\"Sales\"]}}|ad",
        "{\"name\":{\"operator\":\"startswith\",\"value\":[\"S\"]}}|ab",
        "{\"name\":{\"operator\":\"not_startswith\",\"value\":[\"S\"]}}|d",
        "{\"name\":{\"operator\":\"endswith\",\"value\":[\"s\"]}}|ab",
        "{\"name\":{\"operator\":\"not_endswith\",\"value\":[\"s\"]}}|d",
        "{\"prompt_slug\":\"sales\"}|b",
        "{\"starred\":{\"operator\":\"\",\"value\":[true]}}|a",
        "{\"commit_count\":{\"operator\":\"gte\",\"value\":[1]}}|ab",
        "{\"commit_count\":[{\"operator\":\"gt\",\"value\":[0]},{\"operator\":\"lt\",\"value\":[5]}]}|a",
        "{\"commit_count\":{\"operator\":\"lte\",\"value\":[\"x\"]}}|``",
        "{\"current_version__model\":{\"operator\":\"in\",\"value\":[\"gpt-4o\",\"claude\"]}}|ab",
        "{\"current_version__model\":{\"operator\":\"empty\",\"value\":[\"\"]}}|d",
        "{\"live_version__version\":{\"operator\":\"not_empty\"}}|a",
        "{\"updated_at\":{\"operator\":\"gt\",\"value\":[\"2026-01-15\"]}}|bd",
        "{\"created_at\":{\"operator\":\"lte\",\"value\":[\"2026-02-01T00:00:00Z\"]}}|ab",
        "{\"is_deleted\":true}|c",
        "{\"is_deleted\":{\"operator\":\"\",\"value\":true},\"name\":{\"operator\":\"icontains\",\"value\":[\"sales\"]}}|``",
        "{\"name\":{\"operator\":\"icontains\",\"value\":[\"s\"]},\"starred\":{\"value\":[false]}}|b"})
    void every_condition_must_hold(String filters, String expected) {
        assertThat(found(filters)).isEqualTo(expected);
    }

    @Test
    void what_cannot_be_asked_is_refused_by_name() {
        for (String wrong : List.of("{\"secret\":\"x\"}", "{\"name\":{\"operator\":\"regex\",\"value\":[\"x\"]}}", "{\"name\":{\"operator\":\"contains\",\"value\":[]}}",
                "{\"current_version__secret\":\"x\"}")) {
            assertThatThrownBy(() -> found(wrong)).as(wrong).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.param()).startsWith("filters"));
        }
    }

    @Test
    void a_list_has_an_order() {
        assertThat(sorted(null)).isEqualTo("dcba");
        assertThat(sorted("id")).isEqualTo("abcd");
        assertThat(sorted("name")).isEqualTo("dbac");
        assertThat(sorted("-current_version__updated_at")).isEqualTo("bacd");
        assertThatThrownBy(() -> sorted("nothing")).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.param()).isEqualTo("sort_by"));
    }

    private static String sorted(String by) {
        return String.join("", ALL.stream().sorted(PromptFilter.sorting(by)).map(one -> one.prompt().id()).toList());
    }
}
