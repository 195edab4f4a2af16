package org.sluice.gateway.dialect.openai;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids of answers: OpenAI's own pass, an answer from elsewhere gets one of the same form. */
final class AnswerIds {
    private static final String PREFIX = "chatcmpl-";

    private AnswerIds() { }

    static String of(String providerId) {
        return providerId != null && providerId.startsWith(PREFIX) ? providerId : fresh();
    }

    private static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long version4 = random.nextLong() & ~0xf000L | 0x4000L;
        long variant = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return PREFIX + new UUID(version4, variant);
    }
}
