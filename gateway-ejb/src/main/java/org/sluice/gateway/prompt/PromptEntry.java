package org.sluice.gateway.prompt;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A prompt as the request path knows it, without its texts.
 *
 * @param revisions how often each version was changed, by the version's number
 * @param live the live version's number by environment
 */
record PromptEntry(String id, String organization, String slug, String name, SortedMap<Integer, Integer> revisions, Map<String, Integer> live) {
    PromptEntry {
        revisions = new TreeMap<>(revisions);
        live = Map.copyOf(live);
    }
}
