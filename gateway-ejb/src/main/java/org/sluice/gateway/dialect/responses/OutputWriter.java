package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Signatures;
import org.sluice.gateway.json.JsonWriter;

/**
 * Writes what the model said as items. To clients every item has an id and a status, and thoughts of every dialect are
 * told; to providers ids of the gateway's own making and thoughts that are not theirs are left out.
 */
final class OutputWriter {
    private final JsonWriter json;
    private final ContentWriter content;
    private final Ids ids;
    private final Asked asked;
    private int index;

    private OutputWriter(JsonWriter json, Ids ids, Asked asked) {
        this.json = json;
        this.content = new ContentWriter(json);
        this.ids = ids;
        this.asked = asked;
    }

    static OutputWriter forProvider(JsonWriter json) {
        return new OutputWriter(json, null, Asked.of(null));
    }

    static OutputWriter forClient(JsonWriter json, Ids ids, Asked asked) {
        return new OutputWriter(json, ids, asked);
    }

    void write(List<Part> parts) {
        List<Part> words = new ArrayList<>();
        for (Part part : parts) {
            boolean isWords = OutputReader.isWords(part);
            if (!words.isEmpty() && (!isWords || part.extras().keySet().stream().anyMatch(name -> name.startsWith(OutputReader.MESSAGE)))) {
                message(words);
                words.clear();
            }
            if (isWords) {
                words.add(part);
            } else {
                item(part);
            }
        }
        if (!words.isEmpty()) {
            message(words);
        }
    }

    private void item(Part part) {
        if (part instanceof Part.Thinking || part instanceof Part.RedactedThinking) {
            if (ids != null || Thoughts.isOwn(part)) {
                Thoughts.write(json, part, ids == null ? null : ids.item("rs", index));
                index++;
            }
        } else if (part instanceof Part.ToolCall call) {
            call(call);
        } else if (part instanceof Part.Opaque opaque && opaque.dialect().equals(ResponsesDialect.NAME)) {
            json.raw(opaque.value());
            index++;
        }
    }

    private void message(List<Part> words) {
        Map<String, RawJson> members = new HashMap<>();
        words.get(0).extras().forEach((name, value) -> {
            if (name.startsWith(OutputReader.MESSAGE) && name.length() > OutputReader.MESSAGE.length()) {
                members.put(name.substring(OutputReader.MESSAGE.length()), value);
            }
        });
        json.beginObject();
        id(Rest.text(words.get(0).extras(), OutputReader.MESSAGE + "id"), "msg");
        json.name("type").value("message");
        RawJson status = members.remove("status");
        if (ids != null || status != null) {
            json.name("status").raw(status == null ? new RawJson("\"completed\"") : status);
        }
        json.name("role").value("assistant").name("content").beginArray();
        words.forEach(word -> content.output(word, ids == null));
        json.endArray();
        members.remove("id");
        json.members(members).endObject();
        index++;
    }

    private void call(Part.ToolCall call) {
        boolean isCustom = "custom_tool_call".equals(Rest.text(call.extras(), InputReader.TYPE)) || asked.isCustom(call.name());
        json.beginObject();
        id(Rest.text(call.extras(), Rest.ITEM + "id"), isCustom ? "ctc" : "fc");
        json.name("type").value(isCustom ? "custom_tool_call" : "function_call");
        if (ids != null) {
            json.name("status").value("completed");
        }
        json.name("call_id").value(ids == null ? call.id() : callId(call.id(), call.extras(), ids, index)).name("name").value(call.name());
        if (isCustom) {
            json.name("input").value(OutputReader.customInput(call.arguments()));
        } else {
            json.name("arguments").value(call.arguments().isEmpty() ? "{}" : call.arguments());
        }
        Rest.write(json, call.extras(), Set.of("id", "type"));
        json.endObject();
        index++;
    }

    /** The id of a call towards clients: it carries the signature, which has no other place. */
    static String callId(String id, Map<String, RawJson> extras, Ids ids, int index) {
        return Signatures.withId(id == null || id.isEmpty() ? ids.item("call", index) : id, Rest.text(extras, Signatures.EXTRA));
    }

    private void id(String given, String kind) {
        if (ids != null) {
            json.name("id").value(given != null ? given : ids.item(kind, index));
        } else if (given != null && !Ids.isOurs(given)) {
            json.name("id").value(given);
        }
    }
}
