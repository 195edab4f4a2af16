package org.sluice.gateway.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One part while its pieces arrive. */
final class AssembledPart {
    enum Kind { TEXT, THINKING, REDACTED, TOOL_CALL, REFUSAL, OPAQUE }

    final StringBuilder text = new StringBuilder();
    final Map<String, RawJson> extras = new LinkedHashMap<>();
    Part.Opaque opaque;
    private final Kind kind;
    private final Map<String, List<String>> attached = new LinkedHashMap<>();
    private StringBuilder signature;
    private String id;
    private String name;

    AssembledPart(Kind kind) {
        this.kind = kind;
    }

    void sign(String fragment) {
        signature = signature == null ? new StringBuilder() : signature;
        signature.append(fragment);
    }

    void name(String callId, String callName, Map<String, RawJson> callExtras) {
        id = callId;
        name = callName;
        extras.putAll(callExtras);
    }

    void attach(String extraName, RawJson value) {
        attached.computeIfAbsent(extraName, unused -> new ArrayList<>()).add(value.text());
    }

    Part read() {
        attached.forEach((extraName, values) -> extras.put(extraName, new RawJson("[" + String.join(",", values) + "]")));
        return switch (kind) {
            case TEXT -> new Part.Text(text.toString(), extras);
            case THINKING -> new Part.Thinking(text.toString(), signature == null ? null : signature.toString(), extras);
            case REDACTED -> new Part.RedactedThinking(text.toString(), extras);
            case TOOL_CALL -> new Part.ToolCall(id, name, text.toString(), extras);
            case REFUSAL -> new Part.Refusal(text.toString(), extras);
            case OPAQUE -> opaque;
        };
    }
}
