package org.sluice.gateway.log;

import java.util.HashMap;
import java.util.Map;
import org.sluice.gateway.dialect.Dialect;

/** Assembles streams with the reader of the dialect they were written in. */
final class DialectStreams {
    private DialectStreams() { }

    static StreamAssembly of(Iterable<Dialect> dialects) {
        Map<String, Dialect> byName = new HashMap<>();
        dialects.forEach(dialect -> byName.put(dialect.name(), dialect));
        return StreamAssembly.NONE;
    }
}
