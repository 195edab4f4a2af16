package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Moonshot AI (Kimi): <a href="https://platform.moonshot.ai/docs/api/chat">API reference</a>. */
@ApplicationScoped
public class Moonshot extends OpenAiCompatible {
    private static final List<String> PREFIXES = List.of("kimi-", "moonshot-");
    private static final RequestRules RULES = RequestRules.NONE.knowsNoDeveloper();

    public Moonshot() {
        super("moonshot", "https://api.moonshot.ai/v1");
    }

    @Override
    public Set<String> aliases() {
        return Set.of("moonshotai", "kimi");
    }

    @Override
    public boolean claims(String model) {
        return PREFIXES.stream().anyMatch(model::startsWith);
    }

    @Override
    RequestRules rules(String upstreamModel) {
        return RULES;
    }
}
