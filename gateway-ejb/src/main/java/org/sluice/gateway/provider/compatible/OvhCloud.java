package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * OVHcloud AI Endpoints:
 * <a href="https://help.ovhcloud.com/csm/en-public-cloud-ai-endpoints-getting-started">API reference</a>.
 */
@ApplicationScoped
public class OvhCloud extends OpenAiCompatible {
    public OvhCloud() {
        super("ovhcloud", "https://oai.endpoints.kepler.ai.cloud.ovh.net/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("ovh");
    }
}
