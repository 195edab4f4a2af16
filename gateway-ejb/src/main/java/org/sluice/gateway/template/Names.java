package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names of a template by number, and which of them it reads and sets. Of the parser. */
final class Names {
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> all = new ArrayList<>();
    private final Set<String> read = new LinkedHashSet<>();
    private final Set<String> assigned = new LinkedHashSet<>();
    /** What the macros around here read. */
    private final List<Set<String>> macros = new ArrayList<>();

    int read(String name) {
        read.add(name);
        macros.forEach(reads -> reads.add(name));
        return id(name);
    }

    int assigned(String name) {
        assigned.add(name);
        return id(name);
    }

    private int id(String name) {
        Integer known = ids.putIfAbsent(name, all.size());
        if (known == null) {
            all.add(name);
        }
        return known == null ? all.size() - 1 : known;
    }

    void beginMacro() {
        macros.add(new LinkedHashSet<>());
    }

    /** What was read since the macro began. */
    Set<String> endMacro() {
        return macros.remove(macros.size() - 1);
    }

    String[] all() {
        return all.toArray(new String[0]);
    }

    /** Names it reads and never sets. */
    Set<String> wanted() {
        Set<String> wanted = new LinkedHashSet<>(read);
        wanted.removeAll(assigned);
        wanted.removeIf(name -> Functions.named(name) != null);
        return wanted;
    }
}
