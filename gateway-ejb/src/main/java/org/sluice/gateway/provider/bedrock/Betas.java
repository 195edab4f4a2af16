package org.sluice.gateway.provider.bedrock;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.json.MemberSplice;

/**
 * What a client turns on by the header {@code anthropic-beta}: Bedrock has it in the body, and refuses a call that names
 * what it does not know, as Claude Code's own names. Those are left out and told.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html">Bedrock: anthropic_beta</a>
 */
final class Betas {
    static final String HEADER = "anthropic-beta";
    private static final String MEMBER = "anthropic_beta";
    private static final String FIELDS = "additionalModelRequestFields";
    /** Without the date at the end. */
    private static final Set<String> KNOWN = Set.of("computer-use", "token-efficient-tools", "interleaved-thinking", "output-128k", "dev-full-thinking",
            "context-1m", "context-management", "effort", "tool-search-tool", "tool-examples", "fine-grained-tool-streaming", "compact");

    private Betas() { }

    /** The body of InvokeModel with what the header asks for, after what the body asks for itself. */
    static void invoke(MemberSplice body, String header, Losses losses) {
        List<String> asked = known(header, losses);
        if (!asked.isEmpty()) {
            Slice own = body.value(MEMBER);
            body.set(MEMBER, joined(own == null ? null : JsonReader.read(own.array(), own.from(), own.to()), asked));
        }
    }

    /** The same for Converse, among the members of the model. */
    static Body converse(Body body, String header, Losses losses) {
        List<String> asked = known(header, losses);
        if (asked.isEmpty()) {
            return body;
        }
        MemberSplice splice = MemberSplice.of(body);
        Slice own = splice.value(FIELDS);
        JsonObject fields = own != null && JsonReader.read(own.array(), own.from(), own.to()) instanceof JsonObject object ? object : null;
        JsonWriter json = new JsonWriter().beginObject();
        if (fields != null) {
            for (Map.Entry<String, JsonValue> field : fields.members().entrySet()) {
                if (!field.getKey().equals(MEMBER)) {
                    json.name(field.getKey()).raw(field.getValue().raw());
                }
            }
        }
        json.name(MEMBER).raw(joined(fields == null ? null : fields.get(MEMBER), asked));
        return splice.set(FIELDS, new RawJson(json.endObject().toText())).toBody();
    }

    private static List<String> known(String header, Losses losses) {
        List<String> known = new ArrayList<>();
        for (String given : header == null ? new String[0] : header.split(",")) {
            String name = given.strip();
            if (KNOWN.contains(name.replaceFirst("-\\d{4}-\\d{2}-\\d{2}$", ""))) {
                known.add(name);
            } else if (!name.isEmpty()) {
                losses.drop(HEADER + ": " + new String(name.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII), "Bedrock does not know it.");
            }
        }
        return known;
    }

    private static RawJson joined(JsonValue own, List<String> asked) {
        JsonWriter json = new JsonWriter().beginArray();
        List<String> all = new ArrayList<>();
        if (own instanceof JsonArray array) {
            array.items().stream().filter(item -> item.asText() != null).forEach(item -> all.add(item.asText()));
        }
        all.addAll(asked);
        all.stream().distinct().forEach(json::value);
        return new RawJson(json.endArray().toText());
    }
}
