package org.sluice.gateway.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code namespace()} makes: the one thing whose members can be set, from inside a loop too. */
final class Namespace {
    final Map<Object, Object> members = new LinkedHashMap<>();
}
