package org.sluice.gateway.ingress.gemini;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.provider.Provider;

/** The chat models that can be called, in Google's shape. A page token is the number of the first model of the page. */
final class ModelList {
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 1000;

    private record Item(String id, Model model) { }

    private final ModelCatalog catalog;
    private final List<Provider> providers;
    private final Predicate<Provider> isUsable;

    ModelList(ModelCatalog catalog, List<Provider> providers, Predicate<Provider> isUsable) {
        this.catalog = catalog;
        this.providers = providers;
        this.isUsable = isUsable;
    }

    byte[] page(String pageSize, String pageToken) {
        int size = Math.min(LARGEST_PAGE, number("pageSize", pageSize, PAGE));
        List<Item> items = items();
        int from = Math.min(items.size(), number("pageToken", pageToken, 0));
        int to = Math.min(items.size(), from + Math.max(1, size));
        JsonWriter json = new JsonWriter(16_384).beginObject().name("models").beginArray();
        items.subList(from, to).forEach(item -> write(json, item));
        return json.endArray().optional("nextPageToken", to < items.size() ? Integer.toString(to) : null).endObject().toBytes();
    }

    private static int number(String name, String text, int otherwise) {
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,6}")) {
            throw GatewayException.invalid(name, "'" + name + "' is not a whole number.");
        }
        return Integer.parseInt(text);
    }

    /** @throws GatewayException MODEL_NOT_FOUND */
    byte[] one(String id) {
        Model model = find(id).orElseThrow(() -> GatewayException.of(ErrorType.MODEL_NOT_FOUND, "model",
                "Requested model " + id + " is not available in the model list."));
        JsonWriter json = new JsonWriter();
        write(json, new Item(id, model));
        return json.toBytes();
    }

    private Optional<Model> find(String id) {
        int slash = id.indexOf('/');
        String prefix = slash < 0 ? "" : id.substring(0, slash);
        for (Provider provider : providers) {
            boolean isPrefixed = provider.id().equals(prefix) || provider.aliases().contains(prefix);
            Optional<Model> model = !isUsable.test(provider) || !isPrefixed && !provider.claims(id) ? Optional.empty()
                    : catalog.find(provider.id(), isPrefixed ? id.substring(slash + 1) : id);
            if (model.isPresent()) {
                return model;
            }
        }
        return Optional.empty();
    }

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (Model model : catalog.all()) {
            if (model.type() == Model.Type.CHAT && !model.isDeprecated()) {
                providers.stream().filter(provider -> provider.id().equals(model.provider()) && isUsable.test(provider)).findFirst()
                        .ifPresent(provider -> items.add(new Item(provider.claims(model.name()) ? model.name() : model.prefixedName(), model)));
            }
        }
        items.sort(Comparator.comparing(Item::id));
        return items;
    }

    private static void write(JsonWriter json, Item item) {
        json.beginObject().name("name").value("models/" + item.id).name("version").value("001")
                .name("displayName").value(item.model.displayName() == null ? item.id : item.model.displayName());
        if (item.model.contextWindow() > 0) {
            json.name("inputTokenLimit").value(item.model.contextWindow());
        }
        if (item.model.maxOutput() > 0) {
            json.name("outputTokenLimit").value(item.model.maxOutput());
        }
        json.name("supportedGenerationMethods").beginArray().value("generateContent").value("streamGenerateContent").value("countTokens").endArray();
        json.optionalLiteral("thinking", item.model.capabilities() == null ? null : item.model.capabilities().reasoning()).endObject();
    }
}
