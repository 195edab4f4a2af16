package org.sluice.gateway.bench.micro;

import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.provider.bedrock.Bedrock;
import org.sluice.gateway.provider.cohere.Cohere;

/** The dialects by name, each with a model that is asked in it. */
final class Formats {
    static final Bedrock BEDROCK = new Bedrock();
    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Dialect CONVERSE = BEDROCK.dialectFor(OPENAI, "amazon.nova-pro-v1:0");

    private Formats() { }

    static Dialect dialect(String name) {
        return switch (name) {
            case "openai" -> OPENAI;
            case "anthropic" -> new AnthropicDialect();
            case "gemini" -> new GeminiDialect();
            case "responses" -> new ResponsesDialect();
            case "converse" -> CONVERSE;
            case "cohere" -> new Cohere().dialect();
            default -> throw new IllegalArgumentException(name);
        };
    }

    static String model(String name) {
        return switch (name) {
            case "anthropic" -> "claude-sonnet-4-5";
            case "gemini" -> "gemini-2.5-flash";
            case "converse" -> "amazon.nova-pro-v1:0";
            case "cohere" -> "command-a-03-2025";
            default -> "gpt-4o";
        };
    }
}
