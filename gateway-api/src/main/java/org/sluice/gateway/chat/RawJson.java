package org.sluice.gateway.chat;

import java.util.Objects;

/** One JSON value as its exact text, already known to be well-formed: {@code "a"}, {@code {"k":1e2}}, {@code true}. */
public record RawJson(String text) {
    public static final RawJson NULL = new RawJson("null");
    public static final RawJson EMPTY_OBJECT = new RawJson("{}");

    public RawJson {
        Objects.requireNonNull(text, "text is null");
    }

    public boolean isNull() {
        return text.equals("null");
    }

    @Override
    public String toString() {
        return text;
    }
}
