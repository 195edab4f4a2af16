package org.sluice.gateway.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Unmodifiable copies that keep the order in which the members stood. */
final class Extras {
    private Extras() { }

    static Map<String, RawJson> copy(Map<String, RawJson> extras) {
        return extras.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    }
}
