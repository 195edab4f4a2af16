package org.sluice.gateway.management;

import java.util.List;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.prompt.Prompt;
import org.sluice.gateway.prompt.PromptSummary;
import org.sluice.gateway.prompt.PromptVersion;
import org.sluice.gateway.prompt.VersionSettings;

/** Writes prompts and versions as the contract shows them (7.5), settings in their own spelling. */
final class PromptJson {
    private PromptJson() { }

    static JsonWriter prompt(JsonWriter json, PromptSummary summary) {
        Prompt prompt = summary.prompt();
        json.beginObject().name("id").value(prompt.id()).name("prompt_id").value(prompt.id()).name("name").value(prompt.name())
                .name("description").value(prompt.description()).name("prompt_slug").value(prompt.slug()).name("tags").beginArray().endArray()
                .name("starred").value(prompt.isStarred()).name("commit_count").value(prompt.commits()).name("is_deleted").value(prompt.isDeleted());
        version(json.name("current_version"), prompt, summary.current());
        version(json.name("live_version"), prompt, summary.ownLive());
        json.name("live_versions").beginObject();
        for (String environment : List.of("prod", "test")) {
            version(json.name(environment), prompt, summary.live().get(environment));
        }
        return json.endObject().name("created_at").value(prompt.createdAt().toString()).name("updated_at").value(prompt.updatedAt().toString()).endObject();
    }

    private static void version(JsonWriter json, Prompt prompt, PromptSummary.Version version) {
        if (version == null) {
            json.literal("null");
            return;
        }
        json.beginObject().name("id").value(id(prompt.id(), version.version())).name("version").value(version.version()).name("model").value(version.model())
                .name("description").value(version.description()).name("readonly").value(version.isReadonly())
                .name("updated_at").value(version.updatedAt().toString()).endObject();
    }

    static JsonWriter version(JsonWriter json, PromptVersion version) {
        json.beginObject().name("id").value(id(version.promptId(), version.version())).name("prompt_version_id").value(id(version.promptId(), version.version()))
                .name("version").value(version.version()).name("description").value(version.description());
        JsonObject settings = JsonReader.readObject(version.settings().text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        for (String name : VersionSettings.NAMES) {
            JsonValue value = settings.get(name);
            json.name(name);
            if (value != null) {
                json.raw(value.raw());
            } else {
                json.literal(name.equals("stream") ? "false" : name.equals("variables") ? "{}" : "null");
            }
        }
        json.name("readonly").value(version.isReadonly()).name("is_deployed").value(!version.environments().isEmpty()).name("deployed_environments").beginArray();
        version.environments().forEach(json::value);
        return json.endArray().name("edited_by").beginObject().name("id").literal(version.editedById() == null ? null : version.editedById().toString())
                .name("email").value("").name("first_name").value(version.editedBy() == null ? "" : version.editedBy()).name("last_name").value("").endObject()
                .name("created_at").value(version.createdAt().toString()).name("updated_at").value(version.updatedAt().toString()).endObject();
    }

    private static String id(String prompt, int version) {
        return prompt + "-v" + version;
    }
}
