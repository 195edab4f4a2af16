package org.sluice.gateway.chat;

import java.util.Map;
import java.util.Objects;

/**
 * A tool on offer.
 *
 * @param name the function's name
 * @param description or null
 * @param parameters JSON schema as written by the caller, key order kept, or null
 * @param strict or null when the caller did not say
 * @param extras members of the tool object this vocabulary has no word for, e.g. {@code cache_control}
 * @param builtIn null for a function; else the whole tool object of one dialect (web search and the like)
 */
public record Tool(String name, String description, RawJson parameters, Boolean strict, Map<String, RawJson> extras,
        Part.Opaque builtIn) {
    public Tool {
        extras = Extras.copy(extras);
    }

    public static Tool function(String name, String description, RawJson parameters) {
        return new Tool(Objects.requireNonNull(name), description, parameters, null, Map.of(), null);
    }
}
