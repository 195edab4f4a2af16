package org.sluice.gateway.ingress.openai;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.model.OwnModel;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.usage.Price;

/** The lists of models as bytes. Each is written once for one state of the catalogue. */
final class ModelListing {
    /** @param own null for a model of the catalogue */
    private record Item(String id, Model model, Provider provider, OwnModel own) {}

    /** Which models a caller wants; null for all. */
    record Wanted(String search, String provider) {}

    private final ModelCatalog catalog;
    private final List<Provider> providers;
    private final Predicate<Provider> isUsable;
    private final List<OwnModel> own;
    private final List<Item> usable;
    private final byte[] openAiList;
    private final byte[] managementList;
    private final byte[] publicArray;

    /**
     * @param isUsable whether the gateway can call the provider
     * @param own models of the organization that asks
     */
    ModelListing(ModelCatalog catalog, List<Provider> providers, Predicate<Provider> isUsable, List<OwnModel> own) {
        this.catalog = catalog;
        this.providers = providers;
        this.isUsable = isUsable;
        this.own = own;
        List<Item> known = items();
        usable = known.stream().filter(item -> isUsable.test(item.provider())).toList();
        openAiList = writeOpenAiList(usable);
        managementList = writeManagementList(usable);
        publicArray = writePublicArray(known.stream().filter(item -> item.own() == null).toList());
    }

    /** {@code {"object":"list","data":[...]}} of the models that can be called. */
    byte[] openAiList() {
        return openAiList;
    }

    /** The same models as a bare array with prices and capabilities. */
    byte[] managementList() {
        return managementList;
    }

    /** Every model of every provider the gateway speaks to, with or without a credential. */
    byte[] publicCatalogue(boolean isBareArray) {
        if (isBareArray) {
            return publicArray;
        }
        byte[] head = "{\"models\":".getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + publicArray.length + 1];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(publicArray, 0, whole, head.length, publicArray.length);
        whole[whole.length - 1] = '}';
        return whole;
    }

    /**
     * One model for both kinds of clients: what OpenAI says of a model, and what the management list does.
     *
     * @throws GatewayException MODEL_NOT_FOUND
     */
    byte[] openAiModel(String id) {
        Item item = find(id).orElseThrow(() -> GatewayException.of(ErrorType.MODEL_NOT_FOUND, "model",
                "Requested model " + (id.length() > 200 ? id.substring(0, 200) : id) + " is not available in the model list."));
        JsonWriter out = new JsonWriter().beginObject().name("id").value(item.id()).name("object").value("model").name("created").value(created(item))
                .name("owned_by").value(item.provider().id());
        writeManagement(out, item);
        return out.endObject().toBytes();
    }

    /** How many models can be called. */
    int count(Wanted wanted) {
        return (int) usable.stream().filter(item -> isWanted(item, wanted)).count();
    }

    /** One page of the models that can be called and are wanted, as the management list has them; {@code page} counts from 1. */
    byte[] page(Wanted wanted, int page, int pageSize) {
        List<Item> fitting = usable.stream().filter(item -> isWanted(item, wanted)).skip((long) (page - 1) * pageSize).limit(pageSize).toList();
        return writeManagementList(fitting);
    }

    private static boolean isWanted(Item item, Wanted wanted) {
        return (wanted.search() == null || item.id().toLowerCase(Locale.ROOT).contains(wanted.search().toLowerCase(Locale.ROOT))
                || item.model().displayName().toLowerCase(Locale.ROOT).contains(wanted.search().toLowerCase(Locale.ROOT)))
                && (wanted.provider() == null || item.provider().id().equals(wanted.provider()) || item.provider().aliases().contains(wanted.provider()));
    }

    private Optional<Item> find(String id) {
        Optional<Item> made = own.stream().filter(model -> model.name().equalsIgnoreCase(id)).findFirst().flatMap(this::item);
        if (made.isPresent()) {
            return made;
        }
        int slash = id.indexOf('/');
        for (Provider provider : providers) {
            String prefix = slash < 0 ? "" : id.substring(0, slash);
            boolean isPrefixed = provider.id().equals(prefix) || provider.aliases().contains(prefix);
            if (isUsable.test(provider) && (isPrefixed || provider.claims(id))) {
                Optional<Model> model = catalog.find(provider.id(), isPrefixed ? id.substring(slash + 1) : id);
                if (model.isPresent()) {
                    return Optional.of(new Item(id, model.get(), provider, null));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Item> item(OwnModel model) {
        return providers.stream().filter(provider -> provider.id().equals(model.model().provider())).findFirst()
                .map(provider -> new Item(model.name(), model.model(), provider, model));
    }

    /** Chat models in the order of their names, and the organization's own; a retired one is left out, though it can still be called. */
    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (Model model : catalog.all()) {
            if (model.type() == Model.Type.CHAT && !model.isDeprecated()) {
                providers.stream().filter(provider -> provider.id().equals(model.provider())).findFirst()
                        .map(provider -> new Item(provider.claims(model.name()) ? model.name() : model.prefixedName(), model, provider, null))
                        .ifPresent(items::add);
            }
        }
        own.forEach(model -> item(model).ifPresent(items::add));
        items.sort(Comparator.comparing(Item::id));
        return items;
    }

    private static byte[] writeOpenAiList(List<Item> items) {
        JsonWriter out = new JsonWriter(16_384).beginObject().name("object").value("list").name("data").beginArray();
        items.forEach(item -> writeOpenAi(out, item));
        return out.endArray().endObject().toBytes();
    }

    private static void writeOpenAi(JsonWriter out, Item item) {
        out.beginObject().name("id").value(item.id()).name("object").value("model").name("created").value(created(item))
                .name("owned_by").value(item.provider().id()).endObject();
    }

    private static long created(Item item) {
        return item.own() != null ? item.own().createdAt().getEpochSecond() : created(item.model());
    }

    private static long created(Model model) {
        return model.updated() == null ? 0 : model.updated().toEpochSecond(LocalTime.MIN, ZoneOffset.UTC);
    }

    private static byte[] writeManagementList(List<Item> items) {
        JsonWriter out = new JsonWriter(65_536).beginArray();
        for (Item item : items) {
            writeManagement(out.beginObject().name("id").value(item.id()), item);
            out.endObject();
        }
        return out.endArray().toBytes();
    }

    /** Everything the contract says of a model but its id. */
    private static void writeManagement(JsonWriter out, Item item) {
        Model model = item.model();
        OwnModel own = item.own();
        out.name("model_name").value(item.id()).name("display_name").value(model.displayName())
                .name("base_model_name").value(own != null ? own.baseName() : model.pricedLike() == null ? model.name() : model.pricedLike())
                .name("affiliation_category").value(own == null ? "respan" : "custom")
                .name("is_called_by_custom_name").value(own != null && own.isCalledByCustomName());
        writeCosts(out, model.listPrice());
        out.name("price_estimated").value(model.isPriceEstimated());
        out.name("max_context_window").literal(positive(model.contextWindow())).name("streaming_support").literal(own == null || own.isStreaming() == null ? "1" : bit(own.isStreaming()))
                .name("function_call").literal(bit(model.capabilities().tools())).name("image_support").literal(bit(model.capabilities().vision()))
                .name("source").value(own == null ? "hardcoded" : "db").name("model_type").value(model.type().name().toLowerCase(Locale.ROOT))
                .name("updated_at").value(own != null ? own.updatedAt().toString() : model.updated() == null ? null : model.updated().toString());
        if (own != null) {
            out.name("created_at").value(own.createdAt().toString()).name("upstream_model").value(model.name());
            out.name("supported_params_override");
            if (own.supportedParams() == null) {
                out.literal(null);
            } else {
                out.raw(own.supportedParams());
            }
        }
        writeProvider(out, item);
    }

    private static byte[] writePublicArray(List<Item> items) {
        JsonWriter out = new JsonWriter(65_536).beginArray();
        for (Item item : items) {
            out.beginObject().name("model_name").value(item.id()).name("max_context_window").literal(positive(item.model().contextWindow()));
            Price price = item.model().listPrice();
            writeCosts(out, price);
            out.name("prompt_cost").literal(price == null ? null : plain(price.input())).name("completion_cost").literal(price == null ? null : plain(price.output()))
                    .name("rate_limit").value(null);
            writeProvider(out, item);
            out.endObject();
        }
        return out.endArray().toBytes();
    }

    private static void writeCosts(JsonWriter out, Price price) {
        out.name("input_cost").literal(price == null ? null : plain(price.input())).name("output_cost").literal(price == null ? null : plain(price.output()))
                .name("cache_hit_input_cost").literal(price == null ? null : plain(price.cacheRead()))
                .name("cache_creation_input_cost").literal(price == null ? null : plain(price.cacheWrite()));
    }

    private static void writeProvider(JsonWriter out, Item item) {
        out.name("provider").beginObject().name("provider_name").value(item.model().providerName()).name("provider_id").value(item.provider().id())
                .name("moderation").value("Unfiltered").name("credential_fields").beginArray();
        if (item.provider().needsCredential()) {
            out.value("api_key");
        }
        out.endArray().endObject();
    }

    private static String plain(BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }

    private static String positive(long count) {
        return count == 0 ? null : Long.toString(count);
    }

    private static String bit(Boolean flag) {
        return flag == null ? null : flag ? "1" : "0";
    }
}
