package org.sluice.gateway.ingress.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.UpstreamRequest;

class ModelListTest {
    private record FakeProvider(String id, String claimed) implements Provider {
        @Override public boolean claims(String model) { return claimed != null && model.startsWith(claimed); }
        @Override public URI baseUrl() { return null; }
        @Override public Dialect dialect() { throw new AssertionError("not asked"); }
        @Override public UpstreamRequest prepare(Dispatch dispatch) { throw new AssertionError("not asked"); }
    }

    private static final Provider GEMINI = new FakeProvider("gemini", "gemini-");
    private static final Provider DEMO = new FakeProvider("demo", null);
    private static final Provider GROQ = new FakeProvider("groq", null);
    private static final ModelList MODELS = new ModelList(ModelCatalog.of(Optional.empty()), List.of(GEMINI, DEMO, GROQ), provider -> provider != GROQ);

    private static List<String> names(JsonObject page) {
        return page.items("models").stream().map(model -> ((JsonObject) model).text("name")).toList();
    }

    @Test
    void pages_follow_each_other_until_all_are_told() {
        List<String> all = new ArrayList<>();
        String token = null;
        do {
            JsonObject page = JsonReader.readObject(MODELS.page("3", token));
            assertThat(page.items("models")).hasSizeBetween(1, 3);
            all.addAll(names(page));
            token = page.text("nextPageToken");
        } while (token != null);
        assertThat(all).doesNotHaveDuplicates().isSorted().contains("models/demo/echo", "models/gemini-2.5-flash").noneMatch(name -> name.contains("groq/"));
        assertThat(names(JsonReader.readObject(MODELS.page("1000", null)))).isEqualTo(all);
    }

    @Test
    void one_model_has_googles_members() {
        JsonObject model = JsonReader.readObject(MODELS.one("gemini-2.5-flash"));
        assertThat(model.text("name")).isEqualTo("models/gemini-2.5-flash");
        assertThat(model.number("inputTokenLimit", 0)).isGreaterThan(100_000);
        assertThat(model.items("supportedGenerationMethods")).extracting(method -> method.asText()).contains("generateContent", "countTokens");
        assertThat(JsonReader.readObject(MODELS.one("gemini/gemini-2.5-flash")).text("name")).isEqualTo("models/gemini/gemini-2.5-flash");
        assertThat(catchThrowableOfType(GatewayException.class, () -> MODELS.one("groq/llama-3.3-70b-versatile")).status()).isEqualTo(404);
        assertThat(catchThrowableOfType(GatewayException.class, () -> MODELS.page("x", null)).param()).isEqualTo("pageSize");
    }
}
