package org.sluice.gateway.ingress.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.provider.Dispatch;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.provider.UpstreamRequest;

class ModelListingTest {
    private record FakeProvider(String id, Set<String> aliases, String claimed) implements Provider {
        @Override public boolean claims(String model) { return claimed != null && model.startsWith(claimed); }
        @Override public URI baseUrl() { return URI.create("https://example.com"); }
        @Override public boolean needsCredential() { return !id.equals("demo"); }
        @Override public Dialect dialect() { throw new AssertionError("not asked"); }

        @Override
        public UpstreamRequest prepare(Dispatch dispatch) {
            throw new AssertionError("not asked");
        }
    }

    private static final Provider OPENAI = new FakeProvider("openai", Set.of(), "gpt-");
    private static final Provider GROQ = new FakeProvider("groq", Set.of("groq_cloud"), null);
    private static final Provider DEMO = new FakeProvider("demo", Set.of(), null);
    private static final ModelListing LISTING = new ModelListing(ModelCatalog.of(Optional.empty()), List.of(OPENAI, GROQ, DEMO),
            provider -> provider != GROQ, List.of());

    private static List<JsonObject> objects(JsonValue array) {
        return ((JsonArray) array).items().stream().map(item -> (JsonObject) item).toList();
    }

    private static JsonObject named(List<JsonObject> objects, String member, String name) {
        return objects.stream().filter(object -> name.equals(object.text(member))).findFirst().orElseThrow();
    }

    @Test
    void an_openai_client_gets_the_models_it_can_call() {
        JsonObject list = JsonReader.readObject(LISTING.openAiList());
        assertThat(list.text("object")).isEqualTo("list");
        List<JsonObject> models = objects(list.get("data"));
        assertThat(models).extracting(model -> model.text("id")).contains("gpt-4o", "demo/echo", "openai/o3").doesNotHaveDuplicates()
                .doesNotContain("text-embedding-3-small", "openai/text-embedding-3-small", "groq/llama-3.3-70b-versatile").isSorted();
        JsonObject one = named(models, "id", "gpt-4o");
        assertThat(one.members().keySet()).containsExactly("id", "object", "created", "owned_by");
        assertThat(one.text("object")).isEqualTo("model");
        assertThat(one.text("owned_by")).isEqualTo("openai");
        assertThat(one.number("created", 0)).isGreaterThan(1_700_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "openai/gpt-4o", "gpt-4o-2024-08-06", "gpt-9.1-mini", "demo/echo"})
    void one_model_is_found_by_the_name_it_is_called_by(String id) {
        assertThat(JsonReader.readObject(LISTING.openAiModel(id)).text("id")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-unheard-of", "llama", "groq/llama-3.3-70b-versatile", "o3", "", "nobody/gpt-4o"})
    void another_name_is_not_available(String id) {
        assertThatThrownBy(() -> LISTING.openAiModel(id)).isInstanceOfSatisfying(GatewayException.class, e -> {
            assertThat(e.type()).isEqualTo(ErrorType.MODEL_NOT_FOUND);
            assertThat(e.param()).isEqualTo("model");
        }).hasMessage("Requested model " + id + " is not available in the model list.");
    }

    @Test
    void the_public_catalogue_tells_prices_per_million_and_what_a_provider_needs() {
        List<JsonObject> models = objects(JsonReader.read(LISTING.publicCatalogue(true)));
        JsonObject model = named(models, "model_name", "groq/llama-3.3-70b-versatile");
        assertThat(((JsonValue.JsonNumber) model.get("input_cost")).text()).isEqualTo("0.59");
        assertThat(((JsonValue.JsonNumber) model.get("output_cost")).text()).isEqualTo("0.79");
        assertThat(model.number("max_context_window", 0)).isEqualTo(131_072);
        assertThat(model.object("provider").text("provider_id")).isEqualTo("groq");
        assertThat(model.object("provider").items("credential_fields")).extracting(JsonValue::asText).containsExactly("api_key");
        assertThat(named(models, "model_name", "demo/echo").object("provider").items("credential_fields")).isEmpty();
    }

    @Test
    void the_public_catalogue_is_an_object_unless_a_bare_array_is_asked_for() {
        JsonObject whole = JsonReader.readObject(LISTING.publicCatalogue(false));
        assertThat(whole.items("models")).hasSameSizeAs(objects(JsonReader.read(LISTING.publicCatalogue(true))));
    }

    @Test
    void the_management_list_is_a_bare_array_of_the_models_that_can_be_called() {
        List<JsonObject> models = objects(JsonReader.read(LISTING.managementList()));
        JsonObject model = named(models, "id", "gpt-4o");
        assertThat(((JsonValue.JsonNumber) model.get("cache_hit_input_cost")).text()).isEqualTo("1.25");
        assertThat(model.number("streaming_support", 0)).isEqualTo(1);
        assertThat(models).extracting(m -> m.text("id")).doesNotContain("groq/llama-3.3-70b-versatile");
    }

    @Test
    void one_model_has_what_both_kinds_of_clients_ask_for() {
        JsonObject model = JsonReader.readObject(LISTING.openAiModel("openai/gpt-9.1-mini"));
        assertThat(model.text("object")).isEqualTo("model");
        assertThat(model.text("owned_by")).isEqualTo("openai");
        assertThat(model.isTrue("price_estimated")).isTrue();
        assertThat(model.text("base_model_name")).startsWith("gpt-").endsWith("-mini").isNotEqualTo("gpt-9.1-mini");
        assertThat(JsonReader.readObject(LISTING.openAiModel("gpt-4o")).isTrue("price_estimated")).isFalse();
    }

    @Test
    void a_page_holds_what_is_wanted() {
        JsonObject page = JsonReader.readObject(ModelListParameters.read("{\"search\":\"GPT-4o\",\"provider_id\":\"openai\",\"page_size\":2,\"page\":2}".getBytes()).write(LISTING));
        assertThat(page.number("count", 0)).isGreaterThan(4);
        assertThat(page.items("results")).hasSize(2).allMatch(item -> ((JsonObject) item).text("id").contains("gpt-4o"));
        assertThat(page.number("next", 0)).isEqualTo(3);
        assertThat(page.number("previous", 0)).isEqualTo(1);
        JsonObject all = JsonReader.readObject(ModelListParameters.read(new byte[0]).write(LISTING));
        assertThat(all.items("results")).hasSize((int) Math.min(100, all.number("count", 0)));
        assertThat(JsonReader.readObject(ModelListParameters.read("{\"provider_id\":\"groq\"}".getBytes()).write(LISTING)).number("count", -1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"page\":0}", "{\"page\":\"x\"}", "{\"page_size\":100000}", "{\"search\":7}", "[]"})
    void a_wrong_page_is_refused(String body) {
        assertThatThrownBy(() -> ModelListParameters.read(body.getBytes())).isInstanceOf(GatewayException.class);
    }
}
