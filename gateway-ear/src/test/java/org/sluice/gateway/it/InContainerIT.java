package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sluice.gateway.admin.GatewayState;

/** The built EAR, seen from inside the server: its beans, its persistence unit, its endpoints. */
@ExtendWith(ArquillianExtension.class)
class InContainerIT {
    @Inject GatewayState state;
    @PersistenceContext(unitName = "gateway") EntityManager entities;

    @Deployment
    public static EnterpriseArchive gateway() {
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "gateway.ear").importFrom(new File(System.getProperty("gateway.ear"))).as(EnterpriseArchive.class);
        ear.getAsType(WebArchive.class, "/gateway-web.war").addClass(InContainerIT.class)
                .addAsLibraries(new File(org.assertj.core.api.Assertions.class.getProtectionDomain().getCodeSource().getLocation().getPath()));
        return ear;
    }

    @Test
    void beans_of_the_engine_are_injected_and_started() {
        assertThat(state.hasStarted()).isTrue();
    }

    @Test
    void the_persistence_unit_reads_what_the_migrations_made() {
        assertThat(entities.createQuery("select count(k) from ApiKey k", Long.class).getSingleResult()).isPositive();
    }

    @Test
    @RunAsClient
    void the_health_check_answers() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(System.getProperty("gateway.baseUrl") + "/api/health-check/")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
