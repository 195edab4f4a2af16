package org.sluice.gateway.conversation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The answers held, in order of their last use. Whoever uses an answer uses those it builds on after it, so that the first
 * in line has nothing that builds on it but what went before. Thread-safe.
 */
final class AnswerStore {
    private static final class Entry {
        final StoredAnswer answer;
        final long size;
        long usedNanos;

        Entry(StoredAnswer answer) {
            this.answer = answer;
            this.size = answer.size();
        }
    }

    private final int maxEntries;
    private final long maxBytes;
    private final long timeToLiveNanos;
    private final LongSupplier nanos;
    private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, String> answerOfItem = new HashMap<>();
    private long bytes;

    AnswerStore(int maxEntries, long maxBytes, Duration timeToLive, LongSupplier nanos) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        this.timeToLiveNanos = timeToLive.toNanos();
        this.nanos = nanos;
    }

    /** An id that is held is not taken over, whoever gives it again; an answer larger than all the memory is not held. */
    synchronized void put(StoredAnswer answer) {
        Entry entry = new Entry(answer);
        if (entry.size > maxBytes || entries.containsKey(answer.id())) {
            return;
        }
        entries.put(answer.id(), entry);
        bytes += entry.size;
        answer.itemIds().forEach(id -> answerOfItem.putIfAbsent(id, answer.id()));
        use(answer.id());
        evict();
    }

    synchronized StoredAnswer find(Tenant tenant, String id) {
        evict();
        Entry entry = entries.get(id);
        if (entry == null || !entry.answer.tenant().equals(tenant)) {
            return null;
        }
        use(id);
        return entry.answer;
    }

    /** The answer that an item belongs to, or null. */
    synchronized StoredAnswer ofItem(Tenant tenant, String itemId) {
        String id = answerOfItem.get(itemId);
        return id == null ? null : find(tenant, id);
    }

    /** Whether another tenant holds it. */
    synchronized boolean isForeign(Tenant tenant, String id) {
        Entry entry = entries.get(answerOfItem.getOrDefault(id, id));
        return entry != null && !entry.answer.tenant().equals(tenant);
    }

    synchronized boolean delete(Tenant tenant, String id) {
        Entry entry = entries.get(id);
        if (entry == null || !entry.answer.tenant().equals(tenant)) {
            return false;
        }
        remove(id);
        return true;
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** The chain is as long as the conversation; the steps are counted because a provider that gives an id twice can close a circle. */
    private void use(String id) {
        long now = nanos.getAsLong();
        int steps = entries.size();
        String at = id;
        while (at != null && steps-- > 0) {
            Entry entry = entries.get(at); // moves it to the end of the line
            if (entry != null) {
                entry.usedNanos = now;
            }
            at = entry == null ? null : entry.answer.previousId();
        }
    }

    private void evict() {
        long now = nanos.getAsLong();
        Iterator<Entry> line = entries.values().iterator();
        while (line.hasNext()) {
            Entry first = line.next();
            if (entries.size() <= maxEntries && bytes <= maxBytes && now - first.usedNanos < timeToLiveNanos) {
                return;
            }
            line.remove();
            forget(first);
        }
    }

    private void remove(String id) {
        Entry entry = entries.remove(id);
        if (entry != null) {
            forget(entry);
        }
    }

    private void forget(Entry entry) {
        bytes -= entry.size;
        entry.answer.itemIds().forEach(item -> answerOfItem.remove(item, entry.answer.id()));
    }
}
