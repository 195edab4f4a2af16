package org.sluice.gateway.dialect.anthropic;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Claude model takes, told by its name in any provider's spelling ({@code claude-opus-4-6}, {@code
 * us.anthropic.claude-3-5-sonnet-20241022-v2:0}, {@code claude-sonnet-4@20250514}). A name we cannot read counts as new.
 *
 * @param family opus, sonnet, haiku, fable, ..., or "" when the name does not say
 * @param version major times 100 plus minor; {@link #UNKNOWN} when the name does not say
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking">Claude: adaptive thinking</a>
 */
record ClaudeModel(String family, int version) {
    enum Thinking {
        /** The model cannot. */
        NONE,
        /** {@code thinking: {type: enabled, budget_tokens}}. */
        BUDGET,
        /** {@code thinking: {type: adaptive}} and {@code output_config.effort}. */
        ADAPTIVE
    }

    static final int UNKNOWN = 10_000;
    private static final Pattern NEW = Pattern.compile("claude-([a-z]+)-(\\d{1,2})(?:[-.](\\d{1,2}))?(?![0-9])");
    private static final Pattern OLD = Pattern.compile("claude-(\\d)(?:[-.](\\d))?(?:-([a-z]+))?(?![0-9])");
    private static final Set<String> ALWAYS_THINKING = Set.of("fable", "mythos");

    static ClaudeModel of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        Matcher matcher = NEW.matcher(lower);
        if (matcher.find()) {
            return new ClaudeModel(matcher.group(1), version(matcher.group(2), matcher.group(3)));
        }
        matcher = OLD.matcher(lower);
        if (matcher.find()) {
            return new ClaudeModel(matcher.group(3) == null ? "" : matcher.group(3), version(matcher.group(1), matcher.group(2)));
        }
        return new ClaudeModel("", lower.contains("claude-instant") ? 100 : UNKNOWN);
    }

    private static int version(String major, String minor) {
        return Integer.parseInt(major) * 100 + (minor == null ? 0 : Integer.parseInt(minor));
    }

    Thinking thinking() {
        return version < 307 ? Thinking.NONE : version < 406 ? Thinking.BUDGET : Thinking.ADAPTIVE;
    }

    /** Whether thinking text has to be asked for; older models give it unasked. */
    boolean hidesThinking() {
        return version >= 407;
    }

    boolean canStopThinking() {
        return !ALWAYS_THINKING.contains(family) && !(family.equals("opus") && version >= 505);
    }

    /** {@code xhigh} and {@code max}; the models before know up to {@code high}, of 4.6 also {@code max}. */
    String effort(String wanted) {
        return switch (wanted) {
            case "minimal" -> "low";
            case "xhigh" -> version >= 407 ? "xhigh" : "high";
            default -> wanted;
        };
    }

    /** {@code output_config.format} and strict tools. */
    boolean hasStructuredOutputs() {
        return version >= 405 || version == 401;
    }

    /** {@code role: system} inside {@code messages}; only the models documented to take it. */
    boolean takesInstructionsAnywhere() {
        return switch (family) {
            case "opus" -> version >= 408 && version != UNKNOWN;
            case "sonnet", "haiku" -> version >= 505;
            case "fable", "mythos" -> version >= 500;
            default -> false;
        };
    }
}
