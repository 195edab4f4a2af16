package org.sluice.gateway.prompt;

import java.time.Instant;

/**
 * A prompt as it is stored, without its versions.
 *
 * @param slug its name in a URL's spelling; a call may use it in place of the id
 * @param commits how often a draft was committed
 */
public record Prompt(String id, String organization, String slug, String name, String description, boolean isStarred, boolean isDeleted, int commits,
        Instant createdAt, Instant updatedAt) {}
