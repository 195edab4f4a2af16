package org.sluice.gateway.provider.compatible;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.json.MemberSplice;

/** The rules for the messages of one request; a message to which none applies keeps its bytes. */
final class MessageRules {
    /** Clients send an answer back with all its members, most of them empty. */
    private static final Set<String> SAYS_NOTHING = Set.of("null", "[]", "\"\"");
    private final boolean knowsNoDeveloper;
    private final List<String> refused;
    private final Losses losses;

    MessageRules(boolean knowsNoDeveloper, List<String> refused, Losses losses) {
        this.knowsNoDeveloper = knowsNoDeveloper;
        this.refused = refused;
        this.losses = losses;
    }

    /**
     * The messages as the provider takes them; null when they are no array.
     *
     * @param instruction said first, after what other system messages begin with, or null
     */
    RawJson apply(JsonValue messages, String instruction) {
        if (!(messages instanceof JsonArray array)) {
            return null;
        }
        JsonWriter out = new JsonWriter(array.to() - array.from() + 64).beginArray();
        boolean isSaid = instruction == null;
        for (JsonValue item : array.items()) {
            boolean isSystem = item instanceof JsonObject object && ("system".equals(object.text("role")) || "developer".equals(object.text("role")));
            if (!isSaid && !isSystem) {
                out.beginObject().name("role").value("system").name("content").value(instruction).endObject();
                isSaid = true;
            }
            out.raw(item instanceof JsonObject message ? message(message) : item.raw());
        }
        if (!isSaid) {
            out.beginObject().name("role").value("system").name("content").value(instruction).endObject();
        }
        return new RawJson(out.endArray().toText());
    }

    private RawJson message(JsonObject message) {
        boolean isDeveloper = knowsNoDeveloper && "developer".equals(message.text("role"));
        if (!isDeveloper && refused.stream().noneMatch(message.members()::containsKey)) {
            return message.raw();
        }
        MemberSplice splice = MemberSplice.of(message.raw().text().getBytes(StandardCharsets.UTF_8));
        for (String name : refused) {
            if (splice.has(name)) {
                if (!SAYS_NOTHING.contains(splice.value(name).text())) {
                    losses.drop("messages[]." + name, "the provider does not take it.");
                }
                splice.cut(name);
            }
        }
        if (isDeveloper) {
            splice.set("role", new RawJson("\"system\""));
        }
        return new RawJson(new String(splice.toBody().toBytes(), StandardCharsets.UTF_8));
    }
}
