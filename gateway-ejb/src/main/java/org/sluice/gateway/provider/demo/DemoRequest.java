package org.sluice.gateway.provider.demo;

import java.util.List;
import java.util.Map;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.openai.ValueScan;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonNumber;

/** The members of a request that the demo model heeds, found where they stand. The body is known to be well-formed. */
final class DemoRequest {
    private final Map<String, Slice> members;

    DemoRequest(byte[] body) {
        int from = 0;
        while (body[from] != '{') {
            from++;
        }
        members = ValueScan.members(new Slice(body, from, body.length));
    }

    String model() {
        JsonValue model = value("model");
        return model == null || model.asText() == null ? "" : model.asText();
    }

    /** The messages as they stand; null when there are none. */
    Slice messages() {
        Slice messages = members.get("messages");
        return messages == null || messages.array()[messages.from()] != '[' || ValueScan.count(messages, 1) == 0 ? null : messages;
    }

    /** What the model answers to: the last message that is neither an instruction nor an answer, else the last of all. */
    JsonValue lastMessage() {
        List<Slice> all = ValueScan.items(messages());
        for (int i = all.size() - 1; i >= 0; i--) {
            Slice role = all.get(i).array()[all.get(i).from()] == '{' ? ValueScan.member(all.get(i), "role") : null;
            if (role != null && (isText(role, "\"user\"") || isText(role, "\"tool\"") || isText(role, "\"function\""))) {
                return read(all.get(i));
            }
        }
        return read(all.get(all.size() - 1));
    }

    private static boolean isText(Slice value, String text) {
        return ValueScan.isText(value.array(), value.from(), value.to(), text);
    }

    boolean isTrue(String name) {
        return members.containsKey(name) && isText(members.get(name), "true");
    }

    boolean isFalse(String name) {
        return members.containsKey(name) && isText(members.get(name), "false");
    }

    int number(String name, int otherwise) {
        return value(name) instanceof JsonNumber number && number.isLong()
                ? (int) Math.min(Integer.MAX_VALUE, Math.max(0, number.longValue())) : otherwise;
    }

    boolean isUsageWanted() {
        Slice options = members.get("stream_options");
        Slice wanted = options == null || options.array()[options.from()] != '{' ? null : ValueScan.member(options, "include_usage");
        return wanted != null && isText(wanted, "true");
    }

    /** The value of a member, or null when it is absent or JSON null. */
    JsonValue value(String name) {
        Slice slice = members.get(name);
        return slice == null || isText(slice, "null") ? null : read(slice);
    }

    private static JsonValue read(Slice slice) {
        return JsonReader.read(slice.array(), slice.from(), slice.to());
    }
}
