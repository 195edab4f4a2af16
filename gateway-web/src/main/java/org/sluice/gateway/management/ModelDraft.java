package org.sluice.gateway.management;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.integration.BaseModel;
import org.sluice.gateway.integration.CustomModel;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.route.Providers;

/** What a request says of a model of an organization's own. */
@ApplicationScoped
public class ModelDraft {
    private static final int NAME = 255;
    private static final String MOST = "1000000";
    @Inject ModelCatalog catalog;
    @Inject Providers providers;

    /**
     * @param now what is stored, or null
     * @param isWhole whether what is not mentioned goes
     * @throws WebApplicationException 400 with the contract's body when the base model is unknown
     */
    CustomModel apply(Caller caller, Members members, String name, CustomModel now, boolean isWhole) {
        CustomModel before = isWhole ? null : now;
        String baseName = members.text("base_model_name", NAME, before == null ? null : before.baseName());
        Model base = baseName == null ? null : BaseModel.find(catalog, baseName).orElseThrow(() -> noBase(baseName));
        Optional<String> named = providerId(members);
        boolean isNamed = named.isPresent() || before != null && (baseName == null || !members.has("base_model_name"));
        String wanted = named.orElseGet(() -> isNamed ? before.provider() : base == null ? prefix(name) : base.provider());
        Provider provider = providers.find(wanted, caller.organization()).orElseThrow(() ->
                GatewayException.invalid("provider_id", "No provider is called '" + wanted + "'; make it first at /api/providers/."));
        Boolean byName = members.flag("is_called_by_custom_name", before == null ? null : Boolean.valueOf(before.isCalledByCustomName()));
        boolean isByName = base == null || (byName == null ? !provider.id().equals(base.provider()) : byName);
        Instant time = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return new CustomModel(now == null ? UUID.randomUUID().toString() : now.id(), caller.organization(), name, baseName,
                members.text("display_name", NAME, before == null ? null : before.displayName()), provider.id(), isByName ? bare(name, provider) : base.name(), isByName,
                cost(members, "input_cost", before == null ? null : before.inputCost()), cost(members, "output_cost", before == null ? null : before.outputCost()),
                cost(members, "cache_hit_input_cost", before == null ? null : before.cacheHitInputCost()),
                cost(members, "cache_creation_input_cost", before == null ? null : before.cacheCreationInputCost()),
                members.count("max_context_window", Integer.MAX_VALUE, before == null ? null : before.maxContextWindow()),
                members.flag("streaming_support", before == null ? null : before.isStreaming()), members.flag("function_call", before == null ? null : before.hasTools()),
                members.flag("image_support", before == null ? null : before.hasImages()), supportedParams(members, before == null ? null : before.supportedParams()),
                now == null ? time : now.createdAt(), time);
    }

    /** {@code custom_provider_id} or {@code provider_id}, a text or a number, which older clients send. */
    private static Optional<String> providerId(Members members) {
        for (String member : new String[] {"custom_provider_id", "provider_id"}) {
            if (members.get(member) instanceof JsonValue.JsonNumber number) {
                return Optional.of(number.text());
            }
            String text = members.text(member, NAME, null);
            if (text != null) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    /** A model without a base and without a provider is its prefix's. */
    private static String prefix(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            throw GatewayException.invalid("provider_id", "Say who serves the model: by 'provider_id', by 'base_model_name', or by a name like provider/model.");
        }
        return name.substring(0, slash);
    }

    private static String bare(String name, Provider provider) {
        int slash = name.indexOf('/');
        String prefix = slash < 0 ? "" : name.substring(0, slash);
        return provider.id().equals(prefix) || provider.aliases().contains(prefix) ? name.substring(slash + 1) : name;
    }

    private static BigDecimal cost(Members members, String name, BigDecimal before) {
        return members.number(name, "0", false, MOST, before);
    }

    private static String supportedParams(Members members, String before) {
        JsonValue given = members.get("supported_params_override");
        if (given == null || given.isNull()) {
            return given == null ? before : null;
        }
        if (!(given instanceof JsonValue.JsonObject object)) {
            throw members.wrong("supported_params_override", "an object");
        }
        return object.raw().text();
    }

    /** The body is the contract's; {@code detail} says more. */
    private static WebApplicationException noBase(String name) {
        String detail = "Base model not found: '" + (name.length() > NAME ? name.substring(0, NAME) : name) + "' is not in the catalogue; GET /api/models/public lists what is.";
        return new WebApplicationException(ManagementJson.answer(400, new JsonWriter().beginObject().name("error").value("Base model not found")
                .name("detail").value(detail).endObject().toBytes()));
    }
}
