package org.sluice.gateway.dialect.responses;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What clients carry for the gateway from one turn to the next: ids of its own making and signatures of other dialects'
 * models. No provider of this dialect knows them.
 */
final class Carried {
    private static final List<String> MARKS = List.of("\"rs_gw", "\"msg_gw", "\"fc_gw", "\"ctc_gw", "__ts__", "\"anthropic:", "\"anthropic-redacted:", "\"gemini:",
            "\"details:", "\"details@", "\"converse@", "\"responses@", "__id__", "\"document_citation\"");

    private Carried() { }

    /** Whether the body may hold any of it; a look that costs nothing beside reading. */
    static boolean mayBeIn(byte[] body) {
        String latin = new String(body, StandardCharsets.ISO_8859_1);
        return MARKS.stream().anyMatch(latin::contains);
    }
}
