package org.sluice.gateway.ingress;

import org.sluice.gateway.dialect.RequestOutline;

/**
 * A request at a door, and what its path says instead of its body.
 *
 * @param model the model that the path names, or null when the body does
 * @param stream whether the path asks for a stream; null when the body says so
 * @param form how a stream is written, or null for server-sent events
 */
public record Asked(Door door, String model, Boolean stream, StreamForm form) {
    /** The body says everything. */
    public static Asked of(Door door) {
        return new Asked(door, null, null, null);
    }

    RequestOutline complete(RequestOutline read) {
        return model == null && stream == null ? read : new RequestOutline(read.body(), model == null ? read.model() : model,
                stream == null ? read.stream() : stream, read.includeUsage(), read.members());
    }
}
