package org.sluice.gateway.chat;

/** Whether the model may, must, or must not call tools. */
public sealed interface ToolChoice {
    enum Mode implements ToolChoice { AUTO, NONE, REQUIRED }

    /** It must call this one. */
    record Named(String name) implements ToolChoice {}

    /** A choice only one dialect knows, e.g. OpenAI's allowed_tools. */
    record Opaque(String dialect, RawJson value) implements ToolChoice {}
}
