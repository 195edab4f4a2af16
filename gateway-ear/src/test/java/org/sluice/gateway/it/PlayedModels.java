package org.sluice.gateway.it;

import java.util.List;

/** A model of every provider dialect; all but the first are answered by {@link ReplayUpstream#play()}. */
final class PlayedModels {
    static final List<String> ALL = List.of("demo/echo", "openai/gpt-5", "anthropic/claude-sonnet-4-5", "gemini/gemini-2.5-flash");

    private PlayedModels() { }
}
