package org.sluice.gateway.template;

/**
 * What one template and one rendering of it may take. Characters are UTF-16 units.
 *
 * @param sourceCharacters longest source
 * @param outputCharacters longest output, and longest text of any value the template makes
 * @param steps operations of one rendering: every node, element and 512 characters looked at count
 * @param iterations turns of all loops of one rendering together
 * @param nesting levels of blocks and expressions in the source; calls of macros in one another reach four times as deep
 * @param cpuNanos time of one rendering, by the clock it is given
 */
public record TemplateLimits(int sourceCharacters, int outputCharacters, int steps, int iterations, int nesting, long cpuNanos) {
    public static final TemplateLimits DEFAULT = new TemplateLimits(256 << 10, 1 << 20, 100_000, 10_000, 64, 100_000_000);
    /** Levels of lists and maps in one another that a value may have. */
    static final int VALUE_DEPTH = 64;
    /** Values inside the lists and maps of the variables that a rendering reads. */
    static final int VALUES = 200_000;
    /** Bits of an integer. */
    static final int INTEGER_BITS = 1_024;
    static final int RANGE = 100_000;
}
