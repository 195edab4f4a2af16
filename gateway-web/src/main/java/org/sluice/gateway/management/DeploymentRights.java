package org.sluice.gateway.management;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.StoredCredentials;
import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.health.DeploymentStatus;
import org.sluice.gateway.model.ModelCatalog;

/**
 * Who sees and operates which deployment by REST. An organization does both with those that use a credential of its own. The
 * operator's are everybody's: they are operated by the organizations that {@code gateway.health.rest-operators} names, and
 * others see those of models in the catalogue; a name that is not in it may tell what somebody else works on.
 */
@ApplicationScoped
public class DeploymentRights {
    @Inject GatewayConfig config;
    @Inject StoredCredentials stored;
    @Inject ModelCatalog models;
    private Set<String> operators = Set.of();

    @PostConstruct
    void read() {
        operators = config.optionalText(ConfigKey.HEALTH_REST_OPERATORS).stream().flatMap(names -> Stream.of(names.split(",")))
                .map(String::strip).filter(name -> !name.isEmpty()).collect(Collectors.toSet());
    }

    /** Outside a container. */
    static DeploymentRights of(GatewayConfig config, StoredCredentials stored, ModelCatalog models) {
        DeploymentRights rights = new DeploymentRights();
        rights.config = config;
        rights.stored = stored;
        rights.models = models;
        rights.read();
        return rights;
    }

    boolean mayOperate(String organization, DeploymentStatus deployment) {
        return isOperators(deployment) ? operators.contains(organization) : stored.isOwnedBy(organization, deployment.key().credential());
    }

    boolean maySee(String organization, DeploymentStatus deployment) {
        return mayOperate(organization, deployment) || isOperators(deployment) && isInCatalogue(deployment.key());
    }

    private boolean isInCatalogue(DeploymentKey key) {
        String prefix = key.provider() + "/";
        return key.deployment().startsWith(prefix) && models.find(key.provider(), key.deployment().substring(prefix.length())).isPresent();
    }

    private static boolean isOperators(DeploymentStatus deployment) {
        return deployment.key().credential().equals(DeploymentKey.OPERATOR);
    }
}
