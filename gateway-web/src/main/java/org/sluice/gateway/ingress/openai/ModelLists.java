package org.sluice.gateway.ingress.openai;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sluice.gateway.credential.CredentialResolver;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.integration.Integrations;
import org.sluice.gateway.integration.OrganizationCredentials;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.model.OwnModels;
import org.sluice.gateway.route.Providers;

/** The lists of models of each organization, written again when the catalogue or anything of an organization's has changed. */
@ApplicationScoped
public class ModelLists {
    private static final int MAX_REMEMBERED = 16;
    private static final String NOBODY = "";
    @Inject ModelCatalog catalog;
    @Inject CredentialResolver credentials;
    @Inject Providers providers;
    @Inject OwnModels own;
    @Inject OrganizationCredentials stored;
    @Inject Integrations integrations;
    private final Map<String, Listed> byOrganization = new ConcurrentHashMap<>();

    private record Listed(long catalogVersion, long ownVersion, ModelListing listing) { }

    /** What can be called with the operator's keys alone. */
    ModelListing common() {
        return of(NOBODY);
    }

    /** An organization that has connected nothing sees what all such see. */
    ModelListing of(String asking) {
        String organization = integrations.isEmpty(asking) ? NOBODY : asking;
        long catalogVersion = catalog.version();
        long ownVersion = own.version();
        Listed known = byOrganization.get(organization);
        if (known == null || known.catalogVersion != catalogVersion || known.ownVersion != ownVersion) {
            known = new Listed(catalogVersion, ownVersion, new ModelListing(catalog, providers.all(organization),
                    provider -> credentials.isUsable(provider) || stored.hasKey(organization, provider), own.of(organization)));
            if (byOrganization.size() >= MAX_REMEMBERED) {
                byOrganization.clear();
            }
            byOrganization.put(organization, known);
        }
        return known.listing;
    }

    /**
     * One model as both kinds of clients read it.
     *
     * @throws GatewayException MODEL_NOT_FOUND
     */
    public byte[] model(String organization, String name) {
        return of(organization).openAiModel(name);
    }
}
