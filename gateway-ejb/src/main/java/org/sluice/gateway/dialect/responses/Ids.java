package org.sluice.gateway.dialect.responses;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ids of an answer and its items. A provider's {@code resp_...} passes; elsewhere the gateway makes one, and items without
 * an id get one that holds the answer's: {@code fc_gw<answer>02}. {@code gw} tells them from a provider's.
 */
final class Ids {
    private static final String PREFIX = "resp_";
    private static final String MARK = "gw";
    private final String answer;

    /** @param given the provider's id of the answer, or null */
    Ids(String given) {
        answer = given != null && given.startsWith(PREFIX) ? given : PREFIX + MARK + fresh();
    }

    String answer() {
        return answer;
    }

    /** @param kind msg, rs, fc */
    String item(String kind, int index) {
        String own = answer.substring(PREFIX.length());
        return kind + "_" + (own.startsWith(MARK) ? own : MARK + own) + (index < 10 ? "0" : "") + index;
    }

    static boolean isOurs(String id) {
        int at = id.indexOf('_');
        return at > 0 && id.startsWith(MARK, at + 1);
    }

    private static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString().replace("-", "");
    }
}
