package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * {@code reasoning_details} of routers (OpenRouter, Vercel): what a model thought, in pieces that must come back as they
 * were. Encrypted ones are a signature, {@code details:[...]}, with the summaries that came before them; Claude's are what
 * they are with Anthropic. One for an answer.
 *
 * @see <a href="https://openrouter.ai/docs/use-cases/reasoning-tokens">OpenRouter: preserving reasoning</a>
 */
final class ReasoningDetails {
    static final String MEMBER = "reasoning_details";
    private static final String ENCRYPTED = "reasoning.encrypted";
    private static final String SUMMARY = "reasoning.summary";

    /** A summary that comes in fragments is one detail. */
    private static final class Summary {
        final String index;
        final StringBuilder words = new StringBuilder();
        JsonObject detail;

        Summary(String index, JsonObject detail) {
            this.index = index;
            this.detail = detail;
        }

        String text() {
            Map<String, RawJson> members = new LinkedHashMap<>();
            detail.members().forEach((name, value) -> members.put(name, value.raw()));
            members.put("summary", new RawJson(new JsonWriter().value(words.toString()).toText()));
            return new JsonWriter().beginObject().members(members).endObject().toText();
        }
    }

    private final List<Summary> before = new ArrayList<>();

    /** What Anthropic redacted, as a part; null for any other detail. */
    static Part redacted(JsonObject detail) {
        String format = detail.text("format");
        return ENCRYPTED.equals(detail.text("type")) && format != null && format.startsWith("anthropic") && detail.text("data") != null
                ? new Part.RedactedThinking(detail.text("data"), Map.of()) : null;
    }

    /** The canonical signature that this detail completes; null when it is none. */
    String signature(JsonObject detail) {
        if (SUMMARY.equals(detail.text("type")) && detail.text("summary") != null) {
            String index = detail.get("index") == null ? "" : detail.get("index").raw().text();
            if (before.isEmpty() || !before.get(before.size() - 1).index.equals(index)) {
                before.add(new Summary(index, detail));
            }
            Summary last = before.get(before.size() - 1);
            last.detail = last.detail.members().size() < detail.members().size() ? detail : last.detail;
            last.words.append(detail.text("summary"));
            return null;
        }
        if (!ENCRYPTED.equals(detail.text("type")) || detail.text("data") == null || redacted(detail) != null) {
            return null;
        }
        StringBuilder all = new StringBuilder("[");
        before.forEach(summary -> all.append(summary.text()).append(','));
        before.clear();
        return Signatures.tag(Signatures.DETAILS, all.append(detail.raw().text()).append(']').toString());
    }

    static boolean isOwn(Part part) {
        return part instanceof Part.Thinking thinking && Signatures.untag(Signatures.DETAILS, thinking.signature()) != null;
    }

    /** The details that these parts are signed with, one array; null when none is. */
    static RawJson of(List<Part> parts) {
        JsonWriter json = new JsonWriter().beginArray();
        int empty = json.size();
        for (Part part : parts) {
            String own = isOwn(part) ? Signatures.untag(Signatures.DETAILS, ((Part.Thinking) part).signature()) : null;
            if (own != null && json(own) instanceof JsonArray array) {
                array.items().forEach(item -> json.raw(item.raw()));
            }
        }
        return json.size() == empty ? null : new RawJson(json.endArray().toText());
    }

    /** Null for what a client made of it. */
    private static JsonValue json(String text) {
        try {
            return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (GatewayException notJson) {
            return null;
        }
    }
}
