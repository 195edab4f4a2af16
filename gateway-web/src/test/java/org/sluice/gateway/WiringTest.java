package org.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.health.GatewayReadiness;
import org.sluice.gateway.ingress.Ingress;
import org.sluice.gateway.pipeline.CompletionPipeline;
import org.sluice.gateway.provider.Provider;

/** Boots every bean of both modules without a server: a missing or ambiguous bean fails here, in seconds. */
class WiringTest {
    @Test
    void every_bean_is_wired_and_every_provider_is_found() {
        try (SeContainer cdi = SeContainerInitializer.newInstance().disableDiscovery()
                .addPackages(true, CompletionPipeline.class.getPackage(), Ingress.class.getPackage())
                .addPackages(true, GatewayReadiness.class.getPackage())
                .addPackages(true, Provider.class.getPackage(), Dialect.class.getPackage())
                .addPackages(true, pack("apikey"), pack("attempt"), pack("config"), pack("credential"), pack("database"), pack("log"),
                        pack("meter"), pack("model"), pack("route"), pack("upstream"), pack("admin"))
                .initialize()) {
            assertThat(cdi.select(CompletionPipeline.class).get().toString()).isNotNull();
            assertThat(cdi.select(Provider.class, Any.Literal.INSTANCE).stream().map(Provider::id).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder("openai", "anthropic", "demo", "groq", "deepseek", "mistral", "xai", "openrouter",
                            "togetherai", "fireworks", "perplexity", "cerebras", "ollama", "vllm");
            assertThat(cdi.select(Dialect.class, Any.Literal.INSTANCE).stream().map(Dialect::name).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder("openai", "anthropic");
        }
    }

    private static Class<?> pack(String name) {
        String marker = switch (name) {
            case "apikey" -> "ApiKeyAuthenticator";
            case "attempt" -> "AttemptRunner";
            case "config" -> "GatewayConfig";
            case "credential" -> "CredentialResolver";
            case "database" -> "GatewayDatabase";
            case "log" -> "RequestLogWriter";
            case "meter" -> "CallMeter";
            case "model" -> "ModelCatalog";
            case "route" -> "RoutePlanner";
            case "upstream" -> "HttpUpstream";
            default -> "GatewayState";
        };
        try {
            return Class.forName("org.sluice.gateway." + name + "." + marker);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
