package org.sluice.gateway.provider.compatible;

import static org.sluice.gateway.provider.Operation.BATCH;
import static org.sluice.gateway.provider.Operation.CHAT;
import static org.sluice.gateway.provider.Operation.COMPLETION;
import static org.sluice.gateway.provider.Operation.EMBEDDING;
import static org.sluice.gateway.provider.Operation.FILE;
import static org.sluice.gateway.provider.Operation.IMAGE;
import static org.sluice.gateway.provider.Operation.IMAGE_EDIT;
import static org.sluice.gateway.provider.Operation.MODERATION;
import static org.sluice.gateway.provider.Operation.PASSTHROUGH;
import static org.sluice.gateway.provider.Operation.RERANK;
import static org.sluice.gateway.provider.Operation.SPEECH;
import static org.sluice.gateway.provider.Operation.TRANSCRIPTION;
import static org.sluice.gateway.provider.Operation.TRANSLATION;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.retrieval.ListedEmbeddings;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.provider.Operation;

/**
 * Which of OpenAI's endpoints a compatible provider has. Of a provider that is not listed, the two that nearly all have are
 * assumed; it says itself when that is wrong.
 */
final class Offers {
    private static final Set<Operation> COMMON = set(COMPLETION, EMBEDDING);
    private static final Map<String, Set<Operation>> BY_PROVIDER = Map.ofEntries(
            Map.entry("openai", EnumSet.complementOf(EnumSet.of(RERANK, Operation.COUNT_TOKENS))),
            Map.entry("ai21labs", set()),
            Map.entry("baseten", set()),
            Map.entry("cloudflare", set(EMBEDDING)),
            Map.entry("dashscope", set(EMBEDDING)),
            Map.entry("featherless", set(COMPLETION)),
            Map.entry("friendli", set(COMPLETION)),
            Map.entry("github", set(EMBEDDING)),
            Map.entry("huggingface", set()),
            Map.entry("hyperbolic", set(COMPLETION)),
            Map.entry("minimax", set()),
            Map.entry("nextbit", set()),
            Map.entry("replicate", set()),
            Map.entry("snowflake", set()),
            Map.entry("vercel", set(EMBEDDING)),
            Map.entry("zai", set()),
            Map.entry("zhipuai", set(EMBEDDING)),
            Map.entry("cerebras", set(COMPLETION)),
            Map.entry("deepinfra", set(COMPLETION, EMBEDDING, IMAGE, SPEECH, TRANSCRIPTION, TRANSLATION)),
            Map.entry("deepseek", set()),
            Map.entry("fireworks", set(COMPLETION, EMBEDDING, RERANK)),
            Map.entry("groq", set(SPEECH, TRANSCRIPTION, TRANSLATION, FILE, BATCH)),
            Map.entry("llamacpp", set(COMPLETION, EMBEDDING, RERANK)),
            Map.entry("mistral", set(EMBEDDING, MODERATION, TRANSCRIPTION, FILE)),
            Map.entry("moonshot", set(FILE)),
            Map.entry("nebius", set(COMPLETION, EMBEDDING, IMAGE, FILE, BATCH)),
            Map.entry("ollama", set(COMPLETION, EMBEDDING)),
            Map.entry("openrouter", set(COMPLETION, EMBEDDING)),
            Map.entry("perplexity", set()),
            Map.entry("togetherai", set(COMPLETION, EMBEDDING, RERANK, IMAGE, SPEECH, TRANSCRIPTION, TRANSLATION, FILE, BATCH)),
            Map.entry("vllm", set(COMPLETION, EMBEDDING, RERANK, TRANSCRIPTION, TRANSLATION)),
            Map.entry("xai", set(COMPLETION, EMBEDDING, IMAGE, FILE)));
    private static final Map<Operation, Endpoint> SAME = Map.of(
            EMBEDDING, new Endpoint.Same("/embeddings"), RERANK, new Endpoint.Same("/rerank"), MODERATION, new Endpoint.Same("/moderations"),
            IMAGE, new Endpoint.Same("/images/generations"), IMAGE_EDIT, new Endpoint.Same("/images/edits"), SPEECH, new Endpoint.Same("/audio/speech"),
            TRANSCRIPTION, new Endpoint.Same("/audio/transcriptions"), TRANSLATION, new Endpoint.Same("/audio/translations"),
            FILE, new Endpoint.Same("/files"), BATCH, new Endpoint.Same("/batches"));
    /** It refuses members it does not know, and has a name of its own for one it knows. */
    private static final Endpoint MISTRAL_EMBEDDINGS = new ListedEmbeddings("/embeddings", "output_dimension", null, Map.of(),
            List.of("output_dtype"), 2048, false);

    private Offers() { }

    private static Set<Operation> set(Operation... operations) {
        Set<Operation> set = EnumSet.of(CHAT, PASSTHROUGH);
        set.addAll(List.of(operations));
        return set;
    }

    static Set<Operation> of(String provider) {
        return BY_PROVIDER.getOrDefault(provider, COMMON);
    }

    /** Null when the provider has none. */
    static Endpoint endpoint(String provider, Operation operation) {
        if (!of(provider).contains(operation)) {
            return null;
        }
        return provider.equals("mistral") && operation == EMBEDDING ? MISTRAL_EMBEDDINGS : SAME.get(operation);
    }
}
