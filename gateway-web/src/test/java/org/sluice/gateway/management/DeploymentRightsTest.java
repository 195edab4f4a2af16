package org.sluice.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.credential.CredentialChoice;
import org.sluice.gateway.credential.StoredCredentials;
import org.sluice.gateway.health.DeploymentHealth;
import org.sluice.gateway.health.DeploymentKey;
import org.sluice.gateway.health.DeploymentStatus;
import org.sluice.gateway.model.ModelCatalog;
import org.sluice.gateway.provider.Provider;

class DeploymentRightsTest {
    private static final DeploymentStatus LISTED = status("openai/gpt-4o", "operator");
    private static final DeploymentStatus UNLISTED = status("openai/ft:gpt-4o:acme-secret", "operator");
    private static final DeploymentStatus ACMES = status("openai/gpt-4o#first", "stored:1");

    /** {@code stored:1} is acme's. */
    private static final StoredCredentials STORED = new StoredCredentials() {
        @Override
        public List<CredentialChoice> of(String organization, Provider provider, String model) {
            return List.of();
        }

        @Override
        public boolean isOwnedBy(String organization, String id) {
            return organization.equals("acme") && id.equals("stored:1");
        }
    };

    private static DeploymentStatus status(String deployment, String credential) {
        DeploymentHealth health = new DeploymentHealth();
        health.admit(new DeploymentKey(deployment, "openai", credential)).answered(250_000_000);
        return health.deployments().get(0);
    }

    private static DeploymentRights rights(String operators) {
        return DeploymentRights.of(GatewayConfig.of(Map.of("GATEWAY_HEALTH_REST_OPERATORS", operators)), STORED, ModelCatalog.of(Optional.empty()));
    }

    @Test
    void an_organization_sees_and_operates_what_uses_a_credential_of_its_own() {
        assertThat(rights("").maySee("acme", ACMES)).isTrue();
        assertThat(rights("").mayOperate("acme", ACMES)).isTrue();
        assertThat(rights("").maySee("other", ACMES)).isFalse();
        assertThat(rights("other").mayOperate("other", ACMES)).as("operators of the operator's deployments, not of others'").isFalse();
        assertThat(rights("other").maySee("other", ACMES)).isFalse();
    }

    @Test
    void the_operators_deployments_are_seen_by_all_where_the_catalogue_names_them_and_operated_by_those_who_are_named() {
        DeploymentRights rights = rights(" default , ops ");
        assertThat(rights.maySee("acme", LISTED)).isTrue();
        assertThat(rights.mayOperate("acme", LISTED)).isFalse();
        assertThat(rights.maySee("acme", UNLISTED)).as("its name may tell what somebody else works on").isFalse();
        assertThat(rights.mayOperate("ops", LISTED)).isTrue();
        assertThat(rights.mayOperate("default", UNLISTED)).isTrue();
        assertThat(rights.maySee("default", UNLISTED)).isTrue();
        assertThat(rights("").mayOperate("default", LISTED)).isFalse();
    }

    @Test
    void counts_are_shown_to_those_who_operate() {
        assertThat(written(DeploymentView.of(LISTED, false))).isEqualTo("{\"id\":\"openai/gpt-4o@operator\",\"provider\":\"openai\",\"deployment\":\"openai/gpt-4o\","
                + "\"credential\":\"operator\",\"is_operable\":false,\"state\":\"closed\",\"refusal\":null,\"retry_after\":null,\"refused_status\":null,\"is_drained\":false,"
                + "\"weight\":null,\"latency\":0.25,\"counts\":null}");
        assertThat(written(DeploymentView.of(ACMES, true))).startsWith("{\"id\":\"openai/gpt-4o@stored:1\"").endsWith("\"counts\":{\"under_way\":1,\"calls\":1,\"succeeded\":0,"
                + "\"failed\":0,\"rate_limited\":0,\"skipped\":0,\"abandoned\":0,\"times_opened\":0,\"requests_in_minute\":1,\"tokens_in_minute\":0}}");
    }

    private static String written(DeploymentView view) {
        return new String(ManagementJson.opened().write(view), StandardCharsets.UTF_8);
    }
}
