package org.sluice.gateway.prompt;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sluice.gateway.call.PromptReference;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** What the log keeps of a prompt: its names, the messages before rendering, the variables within bounds (contract 3.5). */
final class PromptTold {
    private static final int LONGEST_VARIABLE = 16 * 1024;
    private static final int LONGEST = 256 * 1024;
    private static final RawJson TOO_LONG = new RawJson("\"(too long to be kept)\"");
    /** The log shows under this name beside the variable what a prompt in it became. */
    private static final String RENDERED = "_rendered_result";

    private PromptTold() { }

    static Map<String, RawJson> of(PromptEntry entry, CompiledVersion version, PromptReference reference, Map<String, String> composed) {
        Map<String, RawJson> told = new LinkedHashMap<>();
        told.put("prompt_id", text(entry.id()));
        told.put("prompt_name", text(entry.name()));
        told.put("prompt_version_number", new RawJson(Integer.toString(version.version())));
        told.put("variables", variables(reference.sent(), composed));
        told.put("prompt_messages_template", version.template().text().length() <= LONGEST ? version.template() : TOO_LONG);
        return told;
    }

    /** A prompt that is kept elsewhere. */
    static Map<String, RawJson> custom(PromptReference reference) {
        return Map.of("prompt_id", text(reference.id()), "variables", variables(reference.sent(), Map.of()));
    }

    private static RawJson variables(RawJson sent, Map<String, String> composed) {
        if (sent == null || sent.text().length() <= LONGEST_VARIABLE && composed.isEmpty()) {
            return sent == null ? RawJson.EMPTY_OBJECT : sent;
        }
        JsonObject all = JsonReader.readObject(sent.text().getBytes(StandardCharsets.UTF_8));
        JsonWriter json = new JsonWriter(1_024).beginObject();
        all.members().forEach((name, value) -> {
            if (json.size() < LONGEST) {
                RawJson raw = value.raw();
                if (composed.containsKey(name) && value instanceof JsonObject object) {
                    json.name(name).beginObject();
                    object.members().forEach((member, kept) -> json.name(member).raw(bounded(kept.raw())));
                    json.name(RENDERED).raw(bounded(text(composed.get(name)))).endObject();
                } else {
                    json.name(name).raw(bounded(raw));
                }
            }
        });
        return new RawJson(json.endObject().toText());
    }

    private static RawJson bounded(RawJson value) {
        return value.text().length() <= LONGEST_VARIABLE ? value : TOO_LONG;
    }

    private static RawJson text(String text) {
        return new RawJson(new JsonWriter().value(text).toText());
    }
}
