package org.sluice.gateway.chat;

/** What shape the answer's text must have. */
public sealed interface ResponseFormat {
    enum Mode implements ResponseFormat { TEXT, JSON_OBJECT }

    /** @param strict or null when the caller did not say */
    record JsonSchema(String name, String description, RawJson schema, Boolean strict) implements ResponseFormat {}
}
