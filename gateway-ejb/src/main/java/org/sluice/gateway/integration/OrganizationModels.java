package org.sluice.gateway.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.model.Model;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.model.OwnModel;
import org.sluice.gateway.model.OwnModels;
import org.sluice.gateway.usage.Price;

/** The models that organizations defined. What one does not say it has from its base model, as the catalogue is then. */
@ApplicationScoped
public class OrganizationModels implements OwnModels {
    @Inject Integrations integrations;
    @Inject ModelCatalog catalog;
    private volatile Made made = new Made(Connected.NOTHING, -1, Map.of());

    /** @param byOrganization models by name in lower case, in the order of the names */
    private record Made(Connected from, long catalogVersion, Map<String, Map<String, OwnModel>> byOrganization) { }

    @Override
    public Optional<OwnModel> find(String organization, String name) {
        Map<String, OwnModel> models = models(organization);
        return models.isEmpty() ? Optional.empty() : Optional.ofNullable(models.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Optional<OwnModel> find(String organization, String providerId, String upstreamModel) {
        return models(organization).values().stream()
                .filter(own -> own.model().provider().equals(providerId) && own.model().name().equalsIgnoreCase(upstreamModel)).findFirst();
    }

    @Override
    public List<OwnModel> of(String organization) {
        return List.copyOf(models(organization).values());
    }

    @Override
    public long version() {
        return integrations.connected().version();
    }

    private Map<String, OwnModel> models(String organization) {
        Connected connected = integrations.connected();
        Made known = made;
        if (known.from != connected || known.catalogVersion != catalog.version()) {
            known = make(connected, catalog.version());
            made = known;
        }
        return known.byOrganization.getOrDefault(organization, Map.of());
    }

    private Made make(Connected connected, long version) {
        Map<String, Map<String, OwnModel>> by = new HashMap<>();
        connected.models().forEach((organization, rows) -> {
            Map<String, OwnModel> models = new LinkedHashMap<>();
            rows.forEach(row -> models.put(row.name().toLowerCase(Locale.ROOT), own(row, providerName(connected, organization, row.provider()))));
            by.put(organization, models);
        });
        return new Made(connected, version, Map.copyOf(by));
    }

    private static String providerName(Connected connected, String organization, String providerId) {
        return connected.providersOf(organization).stream().filter(provider -> provider.providerId().equals(providerId)).map(CustomProvider::name)
                .findFirst().orElse(providerId);
    }

    private OwnModel own(CustomModel row, String providerName) {
        Model base = row.baseName() == null ? null : BaseModel.find(catalog, row.baseName()).orElse(null);
        Model.Capabilities known = base == null ? new Model.Capabilities(null, null, null) : base.capabilities();
        Model model = new Model(row.provider(), providerName, row.upstreamModel(), row.displayName() == null ? row.name() : row.displayName(),
                row.updatedAt().atZone(ZoneOffset.UTC).toLocalDate(), base == null ? Model.Type.CHAT : base.type(),
                row.maxContextWindow() != null ? row.maxContextWindow() : base == null ? 0 : base.contextWindow(), base == null ? 0 : base.maxOutput(), price(row, base),
                new Model.Capabilities(row.hasImages() == null ? known.vision() : row.hasImages(), row.hasTools() == null ? known.tools() : row.hasTools(), known.reasoning()),
                false);
        return new OwnModel(row.name(), row.baseName(), row.isCalledByCustomName(), row.isStreaming(),
                row.supportedParams() == null ? null : new RawJson(row.supportedParams()), row.createdAt(), row.updatedAt(), model);
    }

    /** Unknown unless both plain prices are; a base model's price counts where the row says nothing. */
    private static Price price(CustomModel row, Model base) {
        Price from = base == null ? null : base.listPrice();
        boolean isOwn = row.inputCost() != null || row.outputCost() != null || row.cacheHitInputCost() != null || row.cacheCreationInputCost() != null;
        if (!isOwn) {
            return from;
        }
        BigDecimal input = own(row.inputCost(), from == null ? null : from.input());
        BigDecimal output = own(row.outputCost(), from == null ? null : from.output());
        return input == null || output == null ? null : new Price(input, output, own(row.cacheHitInputCost(), null), own(row.cacheCreationInputCost(), null),
                null, null, null, null, 0, null, null);
    }

    private static BigDecimal own(BigDecimal given, BigDecimal otherwise) {
        return given == null ? otherwise : given.signum() == 0 ? BigDecimal.ZERO : given.stripTrailingZeros();
    }
}
