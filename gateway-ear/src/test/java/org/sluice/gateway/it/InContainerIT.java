package org.sluice.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sluice.gateway.admin.GatewayState;
import org.sluice.gateway.log.RequestLogQuery;
import org.sluice.gateway.route.Providers;

/**
 * The built EAR, seen from inside the server: its beans, its persistence unit, its endpoints. The tests run in a web module
 * of their own beside the gateway's.
 */
@ExtendWith(ArquillianExtension.class)
class InContainerIT {
    private static final String MODULE = "<module><web><web-uri>it.war</web-uri><context-root>/it</context-root></web></module>";
    @Inject GatewayState state;
    @Inject Providers providers;
    @Inject RequestLogQuery log;

    @Deployment
    public static EnterpriseArchive gateway() throws IOException {
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "gateway.ear").importFrom(new File(System.getProperty("gateway.ear"))).as(EnterpriseArchive.class);
        WebArchive tests = ShrinkWrap.create(WebArchive.class, "it.war").addClass(InContainerIT.class)
                .addAsWebInfResource(new StringAsset("<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"annotated\"/>"), "beans.xml")
                .setManifest(new StringAsset("Manifest-Version: 1.0\nClass-Path: gateway-ejb.jar\n"))
                .addAsLibraries(new File(org.assertj.core.api.Assertions.class.getProtectionDomain().getCodeSource().getLocation().getPath()));
        try (InputStream in = ear.get("META-INF/application.xml").getAsset().openStream()) {
            String modules = new String(in.readAllBytes(), UTF_8).replace("<library-directory>", MODULE + "<library-directory>");
            ear.delete("META-INF/application.xml");
            ear.setApplicationXML(new StringAsset(modules));
        }
        return ear.addAsModule(Testable.archiveToTest(tests));
    }

    @Test
    void beans_of_the_engine_are_injected_and_started() {
        assertThat(state.hasStarted()).isTrue();
        assertThat(providers.find("demo")).isPresent();
    }

    @Test
    void the_persistence_unit_maps_what_the_migrations_made() {
        assertThat(log.find("nobody", UUID.randomUUID())).isEmpty();
    }

    @Test
    @RunAsClient
    void the_health_check_answers() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(System.getProperty("gateway.baseUrl") + "/api/health-check/")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
