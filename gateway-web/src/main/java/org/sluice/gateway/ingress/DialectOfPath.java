package org.sluice.gateway.ingress;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;

/** The dialect in which a path's failures are told, also where no door answers: OpenAI's unless the path is another's. */
@ApplicationScoped
public class DialectOfPath {
    @Inject OpenAiDialect openAi;
    @Inject AnthropicDialect anthropic;
    @Inject GeminiDialect gemini;
    private final Map<String, Dialect> below = new LinkedHashMap<>();

    @PostConstruct
    void list() {
        below.put("/api/anthropic/", anthropic);
        below.put("/api/google/", gemini);
    }

    /** @param path as the client wrote it, without query; null counts as unknown */
    Dialect of(String path) {
        for (Map.Entry<String, Dialect> entry : below.entrySet()) {
            if (path != null && (path + "/").startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return openAi;
    }
}
