package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** GitHub Models: <a href="https://docs.github.com/en/rest/models/inference">API reference</a>. */
@ApplicationScoped
public class GitHubModels extends OpenAiCompatible {
    public GitHubModels() {
        super("github", "https://models.github.ai/inference");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("github_models");
    }
}
