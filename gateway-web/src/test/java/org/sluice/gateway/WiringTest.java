package org.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.pipeline.CompletionPipeline;
import org.sluice.gateway.provider.Provider;

/** Boots every bean of both modules without a server: a missing or ambiguous bean fails here, in seconds. */
class WiringTest {
    @Test
    void every_bean_is_wired_and_every_provider_is_found() {
        try (SeContainer cdi = SeContainerInitializer.newInstance().disableDiscovery().addBeanClasses(beans()).initialize()) {
            assertThat(cdi.select(CompletionPipeline.class).get().toString()).isNotNull();
            assertThat(cdi.select(Provider.class, Any.Literal.INSTANCE).stream().map(Provider::id).collect(Collectors.toSet()))
                    .contains("ai21labs", "anthropic", "azure_ai", "azure_openai", "baseten", "bedrock", "cerebras", "cloudflare", "cohere", "dashscope",
                            "databricks", "deepinfra", "deepseek", "demo", "doubleword", "featherless", "fireworks", "friendli", "gemini", "github",
                            "google_vertex_ai", "groq", "huggingface", "hyperbolic",
                            "inference", "llamacpp", "lmstudio", "minimax", "mistral", "moonshot", "nebius", "nextbit", "novita", "nscale",
                            "nvidia_nim", "ollama", "openai", "openrouter", "ovhcloud", "parasail", "perplexity", "replicate", "sambanova",
                            "snowflake", "togetherai", "vercel", "vllm", "xai", "zai", "zhipuai", "voyageai", "jina_ai", "watsonx");
            assertThat(cdi.select(Dialect.class, Any.Literal.INSTANCE).stream().map(Dialect::name).collect(Collectors.toSet()))
                    .containsExactlyInAnyOrder("openai", "anthropic", "responses", "gemini");
        }
    }

    /** What the servers find by {@code bean-discovery-mode="annotated"}, and the session beans. */
    static Class<?>[] beans() {
        return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.sluice.gateway").stream()
                .filter(type -> type.isAnnotatedWith(ApplicationScoped.class) || type.isAnnotatedWith(RequestScoped.class)
                        || type.isAnnotatedWith(Dependent.class) || type.isAnnotatedWith(Stateless.class))
                .map(JavaClass::reflect).toArray(Class<?>[]::new);
    }
}
