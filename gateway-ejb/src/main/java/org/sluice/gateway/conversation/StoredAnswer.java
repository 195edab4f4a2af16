package org.sluice.gateway.conversation;

import java.util.List;
import org.sluice.gateway.chat.RawJson;

/**
 * An answer and what it answered.
 *
 * @param previousId the answer it builds on, or null
 * @param keeper the provider that keeps it too under the same id, or null
 * @param input items of the request, a JSON array
 * @param answer the whole {@code response} object
 * @param itemIds ids of the answer's items
 */
public record StoredAnswer(String id, Tenant tenant, String previousId, String keeper, RawJson input, RawJson answer, List<String> itemIds) {
    private static final int OVERHEAD = 512;

    public StoredAnswer {
        itemIds = List.copyOf(itemIds);
    }

    /** About how much memory it takes; text that is not Latin takes twice as much. */
    long size() {
        return OVERHEAD + bytes(input.text()) + bytes(answer.text());
    }

    private static long bytes(String text) {
        return text.chars().allMatch(c -> c < 0x100) ? text.length() : 2L * text.length();
    }
}
