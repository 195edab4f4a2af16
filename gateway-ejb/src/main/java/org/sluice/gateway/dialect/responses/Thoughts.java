package org.sluice.gateway.dialect.responses;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Reasoning items. A provider's item is known by its id and its {@code encrypted_content}: both are the signature,
 * {@code responses:id|encrypted}. Towards clients {@code encrypted_content} carries signatures of any dialect, those of
 * others with their owner's name in front; what Anthropic redacted is told by {@value #REDACTED}.
 */
final class Thoughts {
    static final String CONTENT = Rest.ITEM + "content";
    /** The provider's id of an item that has begun, in a stream: its signature, which holds the id too, comes at the end. */
    static final String ID = Rest.ITEM + "id";
    private static final String SUMMARY = Rest.ITEM + "summary";
    private static final String ANTHROPIC = "anthropic:";
    private static final String REDACTED = "anthropic-redacted:";
    /** The text of the item is its content, not a summary. */
    static final RawJson IS_CONTENT = new RawJson("[true]");
    private static final Set<String> KNOWN = Set.of("type", "id", "summary", "content", "encrypted_content", "status");
    static final String BREAK = "\n\n";

    private Thoughts() { }

    static Part read(JsonObject item) {
        String encrypted = item.text("encrypted_content");
        if (encrypted != null && encrypted.startsWith(REDACTED)) {
            return new Part.RedactedThinking(encrypted.substring(REDACTED.length()), Map.of());
        }
        Map<String, RawJson> extras = Rest.ofItem(item, KNOWN);
        String content = joined(item, "content");
        String text = content;
        if (content.isEmpty()) {
            text = joined(item, "summary");
        } else {
            extras.put(CONTENT, IS_CONTENT);
        }
        if (!content.isEmpty() ? !item.items("summary").isEmpty() || item.items("content").size() > 1 : item.items("summary").size() > 1) {
            extras.put(SUMMARY, whole(item));
        }
        return new Part.Thinking(text, signature(item), extras);
    }

    private static RawJson whole(JsonObject item) {
        JsonWriter json = new JsonWriter().beginObject();
        for (String name : new String[] {"summary", "content"}) {
            if (item.present(name) != null) {
                json.name(name).raw(item.get(name).raw());
            }
        }
        return new RawJson(json.endObject().toText());
    }

    static String joined(JsonObject item, String member) {
        StringBuilder text = new StringBuilder();
        for (JsonValue value : item.items(member)) {
            String words = value instanceof JsonObject part ? part.text("text") : null;
            if (words != null) {
                text.append(text.length() == 0 || member.equals("content") ? "" : BREAK).append(words);
            }
        }
        return text.toString();
    }

    /** The canonical signature of an item, or null. */
    static String signature(JsonObject item) {
        String encrypted = item.text("encrypted_content");
        if (encrypted != null && encrypted.startsWith(ANTHROPIC)) {
            return encrypted.substring(ANTHROPIC.length());
        }
        if (encrypted != null && !Signatures.ownerOf(encrypted).equals(Signatures.ANTHROPIC)) {
            return encrypted;
        }
        String id = item.text("id") == null || Ids.isOurs(item.text("id")) ? "" : item.text("id");
        return id.isEmpty() && encrypted == null ? null : Signatures.tag(ResponsesDialect.NAME, id + "|" + (encrypted == null ? "" : encrypted));
    }

    /** What a client gets of a signature: the provider's id (or null) and {@code encrypted_content} (or null). */
    record Seal(String id, String encrypted) {
        private static final Seal NONE = new Seal(null, null);

        static Seal of(Part thought) {
            if (thought instanceof Part.RedactedThinking redacted) {
                return new Seal(null, REDACTED + redacted.data());
            }
            return of(((Part.Thinking) thought).signature());
        }

        static Seal of(String signature) {
            if (signature == null) {
                return NONE;
            }
            String own = Signatures.untag(ResponsesDialect.NAME, signature);
            if (own == null) {
                return new Seal(null, Signatures.ownerOf(signature).equals(Signatures.ANTHROPIC) ? ANTHROPIC + signature : signature);
            }
            int bar = own.indexOf('|');
            String encrypted = own.substring(bar + 1);
            return new Seal(bar > 0 ? own.substring(0, bar) : null, encrypted.isEmpty() ? null : encrypted);
        }
    }

    /** Whether a provider of this dialect knows the thought as its own. */
    static boolean isOwn(Part thought) {
        return thought instanceof Part.Thinking thinking && (Signatures.untag(ResponsesDialect.NAME, thinking.signature()) != null
                || thinking.signature() == null && thinking.extras().containsKey(CONTENT));
    }

    static void write(JsonWriter json, Part thought, String id) {
        Seal seal = Seal.of(thought);
        write(json, thought, seal, seal.id() != null ? seal.id() : id);
    }

    /** The same under an id that the client knows already. */
    static void writeAs(String id, JsonWriter json, Part thought) {
        write(json, thought, Seal.of(thought), id);
    }

    private static void write(JsonWriter json, Part thought, Seal seal, String id) {
        json.beginObject().optional("id", id).name("type").value("reasoning");
        Map<String, RawJson> extras = thought.extras();
        String text = thought instanceof Part.Thinking thinking && thinking.text() != null ? thinking.text() : "";
        if (extras.get(SUMMARY) != null && Json.valueOrNull(extras.get(SUMMARY).text()) instanceof JsonObject whole) {
            Map<String, RawJson> members = new LinkedHashMap<>();
            whole.members().forEach((name, value) -> members.put(name, value.raw()));
            members.putIfAbsent("summary", new RawJson("[]"));
            json.members(members);
        } else {
            body(json, text, extras.containsKey(CONTENT));
        }
        json.optional("encrypted_content", seal.encrypted());
        Rest.write(json, extras, Set.of("content", "summary", "id"));
        json.endObject();
    }

    private static void body(JsonWriter json, String text, boolean isContent) {
        json.name("summary").beginArray();
        if (!text.isEmpty() && !isContent) {
            part(json, "summary_text", text);
        }
        json.endArray();
        if (isContent) {
            json.name("content").beginArray();
            part(json, "reasoning_text", text);
            json.endArray();
        }
    }

    static JsonWriter part(JsonWriter json, String type, String text) {
        return json.beginObject().name("type").value(type).name("text").value(text).endObject();
    }
}
