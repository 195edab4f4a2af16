package org.sluice.gateway.prompt;

import java.time.Instant;
import java.util.List;
import org.sluice.gateway.chat.RawJson;

/**
 * A version as it is stored. The newest one is the draft until it is committed.
 *
 * @param revision counts the changes of a draft, from 1
 * @param settings see {@link VersionSettings}
 * @param isReadonly committed: it never changes again
 * @param editedById the key that changed it last
 * @param editedBy that key's name, or null
 * @param environments where it is live
 */
public record PromptVersion(String promptId, int version, int revision, String description, RawJson settings, boolean isReadonly, Long editedById,
        String editedBy, Instant createdAt, Instant updatedAt, List<String> environments) {
    public PromptVersion {
        environments = List.copyOf(environments);
    }
}
