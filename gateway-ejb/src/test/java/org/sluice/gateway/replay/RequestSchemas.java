package org.sluice.gateway.replay;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each provider takes, as strict schemas under {@code src/test/resources/schemas}, written from the providers' published
 * references: a member they refuse is refused here.
 */
final class RequestSchemas {
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> READ = new ConcurrentHashMap<>();
    private static final String COMPATIBLE = "compatible-providers.json#/$defs/";
    /** Providers with a definition of their own; every other follower of OpenAI takes {@code any}. */
    private static final Set<String> NAMED = Set.of("mistral", "groq", "cerebras", "fireworks", "deepseek", "xai", "perplexity", "sambanova", "moonshot", "dashscope",
            "zai", "zhipuai", "ai21labs", "minimax", "cloudflare", "databricks", "snowflake", "openrouter", "demo", "watsonx");
    private static final Map<String, String> BY_DIALECT = Map.of("anthropic", "anthropic-messages.json", "gemini", "gemini-generate.json", "responses", "openai-responses.json",
            "converse", "bedrock-converse.json", "cohere", "cohere-chat.json");

    private RequestSchemas() { }

    /** Names the schema of a chat request to this provider in this dialect. */
    static String chat(String provider, String dialect, String model) {
        if (provider.equals("openrouter") && dialect.equals("responses")) {
            return COMPATIBLE + "openrouterResponses";
        }
        if (!dialect.equals("openai")) {
            return BY_DIALECT.get(dialect);
        }
        if (provider.equals("openai") || provider.equals("azure_openai")) {
            return "openai-chat.json";
        }
        boolean isReasoning = provider.equals("xai") && model.startsWith("grok-4") && !model.contains("non-reasoning");
        return COMPATIBLE + (isReasoning ? "xaiReasoning" : NAMED.contains(provider) ? provider : "any");
    }

    /** What is wrong, a line each: where, and why; empty when nothing is. */
    static List<String> violations(String schema, String json) {
        return READ.computeIfAbsent(schema, name -> REGISTRY.getSchema(SchemaLocation.of("classpath:schemas/" + name)))
                .validate(json, InputFormat.JSON).stream().map(error -> error.getInstanceLocation() + " " + error.getMessage()).distinct().toList();
    }
}
