package org.sluice.gateway.ingress.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.ingress.CallableModels.Item;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.model.Model;

class ModelPageTest {
    private static final List<Item> MODELS = Stream.of("a", "b", "c").map(name -> new Item(name, model(name), null)).toList();

    private static Model model(String name) {
        return new Model("p", "P", name, name.equals("a") ? "Model A" : null, LocalDate.of(2026, 1, 2), Model.Type.CHAT, 200_000, 0, null, new Model.Capabilities(null, null, null), false);
    }

    private static List<String> ids(JsonObject page) {
        return page.items("data").stream().map(item -> ((JsonObject) item).text("id")).toList();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"-,-,-,abc,false", "2,-,-,ab,true", "2,b,-,c,false", "1,a,-,b,true", "1,-,c,b,true", "9,-,a,'',false", "3,-,-,abc,false"})
    void a_page_holds_what_was_asked_for(Integer limit, String after, String before, String ids, boolean hasMore) {
        JsonObject page = JsonReader.readObject(ModelPage.list(MODELS, limit, after, before));
        assertThat(String.join("", ids(page))).isEqualTo(ids);
        assertThat(page.isTrue("has_more")).isEqualTo(hasMore);
        assertThat(page.text("first_id")).isEqualTo(ids.isEmpty() ? null : ids.substring(0, 1));
        assertThat(page.text("last_id")).isEqualTo(ids.isEmpty() ? null : ids.substring(ids.length() - 1));
    }

    @Test
    void a_model_is_written_as_anthropic_does() {
        assertThat(new String(ModelPage.one(MODELS, "a"), UTF_8)).isEqualTo(
                "{\"type\":\"model\",\"id\":\"a\",\"display_name\":\"Model A\",\"created_at\":\"2026-01-02T00:00:00Z\",\"max_input_tokens\":200000}");
        assertThat(new String(ModelPage.one(MODELS, "p/b"), UTF_8)).contains("\"id\":\"b\"", "\"display_name\":\"b\"");
    }

    @Test
    void what_is_not_there_is_told() {
        assertThatThrownBy(() -> ModelPage.one(MODELS, "x")).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.MODEL_NOT_FOUND));
        assertThatThrownBy(() -> ModelPage.list(MODELS, 0, null, null)).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.param()).isEqualTo("limit"));
        assertThatThrownBy(() -> ModelPage.list(MODELS, null, "x", null)).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.param()).isEqualTo("after_id"));
    }
}
