package org.sluice.gateway.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;

/**
 * @param directory made when missing, mode 0700
 * @param node names this instance in file names and in the checkpoint: letters, digits, {@code _}; null = the name in
 *     the directory's files, a random one when there are none
 * @param segmentBytes a segment is closed when it is longer
 * @param syncInterval how long written records may wait for the disk
 * @param isGroupSync whether {@code append} waits until its record is on the disk
 * @param backlogMaxBytes records are refused when so many bytes are not yet in the database; 0 = as the disk allows
 * @param retention how long segments are kept after they are in the database
 * @param retentionBytes and how many bytes of them at most
 * @param encryptionKey 32 bytes in Base64: payloads are encrypted with AES-256-GCM; null = not encrypted
 */
public record JournalSettings(Path directory, String node, long segmentBytes, Duration syncInterval, boolean isGroupSync,
        long backlogMaxBytes, Duration retention, long retentionBytes, String encryptionKey) {
    private static final long MIB = 1024 * 1024;

    public JournalSettings {
        Objects.requireNonNull(directory, "directory is null");
        if (node != null && !node.matches("[A-Za-z0-9_]{1,64}")) {
            throw new IllegalArgumentException("The node's name must be 1 to 64 letters, digits or _.");
        }
        if (encryptionKey != null && keyBytes(encryptionKey) != 32) {
            throw new IllegalArgumentException("The journal's encryption key must be 32 bytes in Base64.");
        }
    }

    public static JournalSettings defaults(Path directory) {
        return new JournalSettings(directory, null, 64 * MIB, Duration.ofMillis(50), false, 0, Duration.ofHours(24),
                1024 * MIB, null);
    }

    public JournalSettings withSegmentBytes(long bytes) {
        return new JournalSettings(directory, node, bytes, syncInterval, isGroupSync, backlogMaxBytes, retention,
                retentionBytes, encryptionKey);
    }

    public JournalSettings withGroupSync() {
        return new JournalSettings(directory, node, segmentBytes, syncInterval, true, backlogMaxBytes, retention,
                retentionBytes, encryptionKey);
    }

    public JournalSettings withBacklogMaxBytes(long bytes) {
        return new JournalSettings(directory, node, segmentBytes, syncInterval, isGroupSync, bytes, retention,
                retentionBytes, encryptionKey);
    }

    public JournalSettings withRetention(Duration time, long bytes) {
        return new JournalSettings(directory, node, segmentBytes, syncInterval, isGroupSync, backlogMaxBytes, time, bytes,
                encryptionKey);
    }

    public JournalSettings withEncryptionKey(String key) {
        return new JournalSettings(directory, node, segmentBytes, syncInterval, isGroupSync, backlogMaxBytes, retention,
                retentionBytes, key);
    }

    @Override
    public String toString() {
        return "JournalSettings[" + directory + ", " + node + ", encryptionKey=" + (encryptionKey == null ? "none" : "***") + "]";
    }

    private static int keyBytes(String key) {
        try {
            return Base64.getDecoder().decode(key).length;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }
}
