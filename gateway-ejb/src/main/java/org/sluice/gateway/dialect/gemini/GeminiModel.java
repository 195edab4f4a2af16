package org.sluice.gateway.dialect.gemini;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Gemini model takes, told by its name ({@code gemini-2.5-flash}, {@code models/gemini-3-pro-preview}). A Gemini
 * without a version counts as the newest, another family (Gemma) as the oldest.
 *
 * @param version major times 100 plus minor
 * @see <a href="https://ai.google.dev/gemini-api/docs/thinking">Gemini API: thinking</a>
 */
record GeminiModel(int version, Tier tier, boolean isTextOnly) {
    enum Tier { FLASH_LITE, FLASH, PRO }

    enum Thinking {
        /** The model cannot. */
        NONE,
        /** {@code thinkingBudget}, in tokens. */
        BUDGET,
        /** {@code thinkingLevel}. */
        LEVEL
    }

    private static final int NEWEST = 10_000;
    private static final Pattern NAME = Pattern.compile("gemini-(\\d{1,2})(?:\\.(\\d{1,2}))?(?![0-9])");
    private static final Pattern FIRST = Pattern.compile("gemini-pro(-vision)?$");

    static GeminiModel of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Tier tier = lower.contains("flash-lite") ? Tier.FLASH_LITE : lower.contains("flash") ? Tier.FLASH : Tier.PRO;
        boolean isTextOnly = !lower.contains("-image") && !lower.contains("-tts");
        Matcher matcher = NAME.matcher(lower);
        if (matcher.find()) {
            int minor = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
            return new GeminiModel(Integer.parseInt(matcher.group(1)) * 100 + minor, tier, isTextOnly);
        }
        return new GeminiModel(!lower.contains("gemini") ? 0 : FIRST.matcher(lower).find() ? 100 : NEWEST, tier, isTextOnly);
    }

    Thinking thinking() {
        return version >= 300 ? Thinking.LEVEL : version >= 205 && isTextOnly ? Thinking.BUDGET : Thinking.NONE;
    }

    /** {@code parametersJsonSchema} and {@code responseJsonSchema}, which take JSON schema as it is. */
    boolean takesJsonSchema() {
        return version >= 205;
    }

    /** A JSON answer beside function tools. */
    boolean takesSchemaWithTools() {
        return version >= 300;
    }

    /** Media inside {@code functionResponse}. */
    boolean takesMediaInResults() {
        return version >= 300;
    }

    /** Whether a function call in the history must carry a signature. */
    boolean needsSignatures() {
        return version >= 300;
    }

    /** Google's own names of levels; Pro models know fewer. */
    String level(String effort) {
        boolean isPro = tier == Tier.PRO;
        return switch (effort) {
            case "none", "minimal" -> isPro ? "LOW" : "MINIMAL";
            case "low" -> "LOW";
            case "medium" -> isPro && version == 300 ? "HIGH" : "MEDIUM";
            default -> "HIGH";
        };
    }

    long leastBudget() {
        return switch (tier) {
            case PRO -> 128;
            case FLASH_LITE -> 512;
            case FLASH -> 1;
        };
    }

    long mostBudget() {
        return tier == Tier.PRO ? 32_768 : 24_576;
    }

    boolean canStopThinking() {
        return tier != Tier.PRO;
    }
}
