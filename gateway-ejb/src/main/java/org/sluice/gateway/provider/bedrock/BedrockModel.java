package org.sluice.gateway.provider.bedrock;

import java.util.Locale;
import java.util.regex.Pattern;
import org.sluice.gateway.chat.Signatures;

/**
 * A model as its id tells it: {@code anthropic.claude-...}, the same behind a region ({@code us.}, {@code global.}), or in an
 * ARN. What an id does not tell counts as a model without special wishes.
 */
record BedrockModel(String id, Family family) {
    enum Family { CLAUDE, NOVA, NOVA_2, LLAMA, MISTRAL, COHERE, DEEPSEEK, QWEN, OPENAI, TITAN, OTHER }

    /** Before what a model other than Claude redacted, in its signature. */
    static final String REDACTED = "redacted|";
    private static final Pattern SCHEMAS = Pattern.compile("qwen3|gpt-oss|deepseek\\.v3|gemma-3|minimax|kimi|nemotron|mistral-large-3"
            + "|ministral-3|magistral|voxtral|glm-");
    /** Before 4.5, but for 4.1. */
    private static final Pattern OLD_CLAUDE = Pattern.compile("claude-(instant|v?[123]\\b|(opus|sonnet)-4-(2025\\d{4}|0))");

    static BedrockModel of(String id) {
        String name = id.toLowerCase(Locale.ROOT);
        return new BedrockModel(name, name.contains("claude") ? Family.CLAUDE
                : name.contains("nova-2-") ? Family.NOVA_2
                : name.contains("amazon.nova") ? Family.NOVA
                : name.contains("meta.llama") ? Family.LLAMA
                : name.contains("mistral.") ? Family.MISTRAL
                : name.contains("cohere.") ? Family.COHERE
                : name.contains("deepseek.") ? Family.DEEPSEEK
                : name.contains("qwen.") ? Family.QWEN
                : name.contains("openai.") ? Family.OPENAI
                : name.contains("amazon.titan") ? Family.TITAN : Family.OTHER);
    }

    /** Whether the id tells that it is another than Claude. */
    private boolean isStranger() {
        return !isClaude() && family != Family.OTHER;
    }

    /** The canonical form of a signature: Claude's is Anthropic's, another's goes back to its own family only. */
    String signature(String raw) {
        return !isStranger() || raw == null ? raw : Signatures.by(maker(), Signatures.tag(Signatures.CONVERSE, raw));
    }

    /** The canonical signature of a thought that a model redacted; null for Claude, whose such thoughts have a word of their own. */
    String redactedSignature(String base64) {
        return isStranger() ? signature(REDACTED + base64) : null;
    }

    /** The signature as this model gave it; null for another's. */
    String ownSignature(String canonical) {
        return isClaude() ? Signatures.untag(Signatures.ANTHROPIC, canonical)
                : maker().equals(Signatures.makerOf(canonical)) ? Signatures.untag(Signatures.CONVERSE, canonical) : null;
    }

    private String maker() {
        return family.name().toLowerCase(Locale.ROOT);
    }

    boolean isClaude() {
        return family == Family.CLAUDE;
    }

    boolean isNova() {
        return family == Family.NOVA || family == Family.NOVA_2;
    }

    boolean caches() {
        return isClaude() || isNova();
    }

    boolean cachesTools() {
        return isClaude();
    }

    /** Whether a tool can be forced so that its call is the answer. */
    boolean answersByTool() {
        return isClaude() || isNova();
    }

    /** {@code outputConfig}; what Claude has the Anthropic dialect knows. */
    boolean hasStructuredOutputs() {
        return SCHEMAS.matcher(id).find();
    }

    boolean hasStrictTools() {
        return isClaude() ? !OLD_CLAUDE.matcher(id).find() : hasStructuredOutputs();
    }

    /** The family's name of {@code top_k}, or null when it has none; Nova's is nested. */
    String topK() {
        return switch (family) {
            case LLAMA, DEEPSEEK, TITAN -> null;
            case COHERE -> "k";
            default -> "top_k";
        };
    }
}
