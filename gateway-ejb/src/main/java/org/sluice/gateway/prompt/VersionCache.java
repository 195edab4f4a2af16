package org.sluice.gateway.prompt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Compiled versions by organization, the least recently used of an organization gone first when it has too much: one cannot push
 * out another's. For any number of threads.
 */
final class VersionCache {
    /** What a character of a template takes in memory when it is compiled, measured generously; and a version without any. */
    private static final int BYTES_PER_CHARACTER = 24;
    private static final int BYTES_PER_VERSION = 4_096;
    private static final ToIntFunction<CompiledVersion> BYTES =
            version -> BYTES_PER_VERSION + BYTES_PER_CHARACTER * version.size() + 2 * version.template().text().length();
    private final long maxBytes;
    private final Map<String, Share> shares = new LinkedHashMap<>();

    /** A version in one state: what it says never changes. */
    record Key(String prompt, int version, int revision) { }

    /** @param maxBytes for one organization */
    VersionCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Null when it is not there. */
    CompiledVersion find(String organization, Key key) {
        return share(organization).find(key);
    }

    void keep(String organization, Key key, CompiledVersion version) {
        share(organization).keep(key, version);
    }

    boolean hasRoom(String organization) {
        return share(organization).hasRoom();
    }

    private Share share(String organization) {
        synchronized (shares) {
            return shares.computeIfAbsent(organization, unused -> new Share());
        }
    }

    private final class Share {
        private final Map<Key, CompiledVersion> versions = new LinkedHashMap<>(16, 0.75f, true);
        private long bytes;

        synchronized CompiledVersion find(Key key) {
            return versions.get(key);
        }

        synchronized boolean hasRoom() {
            return bytes < maxBytes;
        }

        synchronized void keep(Key key, CompiledVersion version) {
            if (versions.put(key, version) == null) {
                bytes += BYTES.applyAsInt(version);
            }
            while (bytes > maxBytes && versions.size() > 1) {
                bytes -= BYTES.applyAsInt(versions.remove(versions.keySet().iterator().next()));
            }
        }
    }
}
