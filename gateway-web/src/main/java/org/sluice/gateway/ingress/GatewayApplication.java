package org.sluice.gateway.ingress;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** Everything under the root is ours, so that even an unknown path is answered in our shape. */
@ApplicationPath("/")
@OpenAPIDefinition(info = @Info(title = "Sluice Gateway", version = "0.1", description = "One OpenAI-compatible API in front of every model provider."))
public class GatewayApplication extends Application {
    /** Jersey holds back eight kilobytes of a stream unless it is told not to. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.contentLength.buffer", 0);
    }
}
