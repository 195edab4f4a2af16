package org.sluice.gateway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What the server's configuration promises to everyone who calls. */
class ServerIT {
    private final ServerUnderTest server = ServerUnderTest.shared();

    @Test
    void no_answer_names_the_product() throws Exception {
        for (String path : new String[] {"/api/health-check/", "/api/models", "/no/such/path", "/api/%2e%2e/WEB-INF/web.xml"}) {
            HttpResponse<String> answer = server.get(path);
            assertThat(answer.headers().firstValue("Server")).as(path).isEmpty();
            assertThat(answer.headers().firstValue("X-Powered-By")).as(path).isEmpty();
            assertThat(answer.body()).as(path).doesNotContainIgnoringCase("payara").doesNotContainIgnoringCase("glassfish").doesNotContain("WebSphere", "Liberty", "web-app");
        }
    }

    @Test
    void readiness_names_the_gateway() throws Exception {
        HttpResponse<String> answer = server.get("/health/ready");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"gateway\"");
    }

    @Test
    void the_api_is_described() throws Exception {
        assertThat(server.get("/openapi").body()).contains("openapi:");
    }
}
