package org.sluice.gateway.dialect.gemini;

import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Ids for function calls that came without one: unique in a conversation, the same whenever the same bytes are read, and
 * told by their mark, so that they never go to Gemini, which did not give them.
 */
final class MadeIds implements Supplier<String> {
    private static final String MARK = "gcall_";
    /** Other dialects take ids of 40 characters at most. */
    private static final Pattern SHORT = Pattern.compile("[A-Za-z0-9_-]{1,28}");
    private final String seed;
    private int made;

    /** @param seed what is the same whenever the same answer is read and differs between answers */
    MadeIds(String seed) {
        this.seed = SHORT.matcher(seed).matches() ? seed : Long.toHexString(hash(seed));
    }

    private static long hash(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(java.nio.charset.StandardCharsets.UTF_8)).getMostSignificantBits();
    }

    @Override
    public String get() {
        return MARK + seed + "_" + made++;
    }

    static boolean isMade(String id) {
        return id == null || id.startsWith(MARK);
    }
}
