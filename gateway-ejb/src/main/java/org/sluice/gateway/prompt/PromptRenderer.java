package org.sluice.gateway.prompt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.PromptReference;
import org.sluice.gateway.call.PromptVariable;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonWriter;

/** Renders versions, the prompts inside them first. A prompt in a prompt is as deep as it goes (contract 7.4). For one call. */
final class PromptRenderer {
    private static final int MAX_DEPTH = 2;
    private final PromptLibrary library;
    private final Caller caller;
    private final boolean isStrict;
    private final RenderClock clock = new RenderClock();
    private final List<PromptEntry> open = new ArrayList<>(MAX_DEPTH);
    private final Map<String, String> composed = new HashMap<>(2);

    PromptRenderer(PromptLibrary library, Caller caller, boolean isStrict) {
        this.library = library;
        this.caller = caller;
        this.isStrict = isStrict;
    }

    /** The messages as a JSON array in OpenAI's form. */
    byte[] messages(PromptEntry entry, CompiledVersion version, Map<String, PromptVariable> variables) {
        Rendering rendering = rendering(entry, version, variables);
        JsonWriter json = new JsonWriter(256 + 2 * version.size()).beginArray();
        version.messages().forEach(message -> message.write(rendering, json));
        rendering.end();
        return json.endArray().toBytes();
    }

    /** What the prompts among the variables became, by the variable's name. */
    Map<String, String> composed() {
        return composed;
    }

    private String text(PromptReference child) {
        PromptEntry entry = library.find(caller.organization(), child.id());
        if (open.stream().anyMatch(parent -> parent.id().equals(entry.id()))) {
            throw GatewayException.invalid("prompt.variables", "Prompt '" + entry.slug() + "' refers to itself, which goes round in a circle.");
        }
        if (open.size() >= MAX_DEPTH) {
            throw GatewayException.invalid("prompt.variables", "Prompt '" + entry.slug() + "' stands in a prompt that stands in another; one level is all there is.");
        }
        CompiledVersion version = library.version(entry, child.version(), caller);
        Rendering rendering = rendering(entry, version, child.variables());
        StringBuilder text = new StringBuilder();
        for (MessageTemplate message : version.messages()) {
            String words = message.plain(rendering);
            text.append(text.length() > 0 && !words.isEmpty() ? "\n" : "").append(words);
        }
        rendering.end();
        return text.toString();
    }

    private Rendering rendering(PromptEntry entry, CompiledVersion version, Map<String, PromptVariable> variables) {
        Rendering rendering = new Rendering("Prompt '" + entry.slug() + "', version " + version.version(), isStrict, clock);
        open.add(entry);
        version.defaults().forEach((name, variable) -> {
            if (!variables.containsKey(name)) {
                set(rendering, name, variable);
            }
        });
        variables.forEach((name, variable) -> set(rendering, name, variable));
        open.remove(open.size() - 1);
        return rendering;
    }

    private void set(Rendering rendering, String name, PromptVariable variable) {
        if (variable instanceof PromptVariable.Value value) {
            rendering.set(name, value.value());
        } else if (variable instanceof PromptVariable.ImageUrl image) {
            rendering.setPicture(name, image.url());
        } else if (variable instanceof PromptVariable.Prompt child) {
            String text = text(child.reference());
            rendering.set(name, text);
            if (open.size() == 1) {
                composed.put(name, text);
            }
        }
    }
}
