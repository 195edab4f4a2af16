package org.sluice.gateway.chat;

import java.util.List;
import java.util.Map;

/**
 * One turn.
 *
 * @param name the speaker's optional name, or null
 * @param extras members the vocabulary has no word for
 */
public record Message(Role role, String name, List<Part> parts, Map<String, RawJson> extras) {
    public Message {
        parts = List.copyOf(parts);
        extras = Extras.copy(extras);
    }

    public Message(Role role, List<Part> parts) {
        this(role, null, parts, Map.of());
    }

    public static Message text(Role role, String text) {
        return new Message(role, List.of(new Part.Text(text)));
    }
}
