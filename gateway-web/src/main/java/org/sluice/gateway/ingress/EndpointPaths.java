package org.sluice.gateway.ingress;

import java.util.Set;

/** Paths of the endpoints besides chat: they authenticate like chat, and have an alias with OpenAI's version in front. */
final class EndpointPaths {
    private static final String API = "api/";
    private static final String VERSIONED = "api/v1/";
    private static final Set<String> FIRST = Set.of("embeddings", "rerank", "moderations", "completions", "images", "audio", "files", "batches", "passthrough");

    private EndpointPaths() { }

    /** @param path without slashes around it */
    static boolean isOne(String path) {
        return path.startsWith(API) && FIRST.contains(first(path, API));
    }

    /** The path without {@code v1}; null when it is not one of ours with it. */
    static String unversioned(String path) {
        return path.startsWith(VERSIONED) && FIRST.contains(first(path, VERSIONED)) ? API + path.substring(VERSIONED.length()) : null;
    }

    private static String first(String path, String lead) {
        int end = path.indexOf('/', lead.length());
        return end < 0 ? path.substring(lead.length()) : path.substring(lead.length(), end);
    }
}
