package org.sluice.gateway.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** What an answer says, one line a piece: found in its JSON by hand, in its events by their deltas alone, and in the canonical chat. */
final class Said {
    private Said() { }

    static JsonObject object(JsonValue value) {
        return (JsonObject) value;
    }

    static JsonObject json(String text) {
        return JsonReader.readObject(text.getBytes(UTF_8));
    }

    /** The payloads of a stream, framed or one a line. */
    static List<JsonObject> events(byte[] stream) {
        List<JsonObject> events = new ArrayList<>();
        for (String line : new String(stream, UTF_8).split("\r?\n")) {
            String data = line.startsWith("data:") ? line.substring(5).strip() : line.strip();
            if (data.startsWith("{")) {
                events.add(json(data));
            }
        }
        return events;
    }

    static List<String> inJson(JsonObject response) {
        List<String> said = new ArrayList<>();
        for (JsonValue value : response.items("output")) {
            JsonObject item = object(value);
            switch (item.text("type")) {
                case "message" -> item.items("content").forEach(part -> said.add(words(object(part))));
                case "reasoning" -> {
                    String content = joined(item.items("content"), "");
                    String thought = (content.isEmpty() ? joined(item.items("summary"), "\n\n") : content) + "|" + item.text("encrypted_content");
                    said.add("thinking " + thought);
                }
                case "function_call" -> said.add("call " + item.text("call_id") + " " + item.text("name") + " " + item.text("arguments"));
                default -> said.add("other " + item.text("type") + " " + item.raw().text());
            }
        }
        return said;
    }

    private static String words(JsonObject part) {
        return part.text("type").equals("refusal") ? "refusal " + part.text("refusal")
                : "text " + part.text("text") + " " + part.items("annotations").stream().map(note -> note.raw().text()).toList();
    }

    private static String joined(List<JsonValue> parts, String between) {
        return parts.stream().map(part -> object(part).text("text")).collect(Collectors.joining(between));
    }

    /** From deltas, and from nothing else where there are any. */
    static List<String> inEvents(List<JsonObject> events) {
        Map<String, StringBuilder> pieces = new TreeMap<>();
        Map<Long, JsonObject> items = new TreeMap<>();
        Map<String, List<String>> notes = new TreeMap<>();
        for (JsonObject event : events) {
            long item = event.number("output_index", 0);
            String at = String.format("%03d.%03d", item, event.number("content_index", 0));
            switch (event.text("type")) {
                case "response.output_item.done" -> items.put(item, event.object("item"));
                case "response.content_part.added" -> pieces.computeIfAbsent(at, key -> new StringBuilder());
                case "response.output_text.delta", "response.refusal.delta", "response.function_call_arguments.delta", "response.reasoning_text.delta",
                    "response.reasoning_summary_text.delta" -> pieces.computeIfAbsent(at, key -> new StringBuilder()).append(event.text("delta"));
                case "response.reasoning_summary_part.added" ->
                    pieces.computeIfAbsent(at, key -> new StringBuilder()).append(event.number("summary_index", 0) > 0 ? "\n\n" : "");
                case "response.output_text.annotation.added" ->
                    notes.computeIfAbsent(at, key -> new ArrayList<>()).add(event.get("annotation").raw().text());
                default -> { }
            }
        }
        List<String> said = new ArrayList<>();
        items.forEach((index, item) -> {
            String first = String.format("%03d.000", index);
            String all = pieces.getOrDefault(first, new StringBuilder()).toString();
            switch (item.text("type")) {
                case "message" -> pieces.forEach((at, words) -> {
                    if (at.startsWith(first.substring(0, 4))) {
                        boolean isRefusal = object(item.items("content").get(0)).text("type").equals("refusal");
                        said.add(isRefusal ? "refusal " + words : "text " + words + " " + notes.getOrDefault(at, List.of()));
                    }
                });
                case "reasoning" -> said.add("thinking " + all + "|" + item.text("encrypted_content"));
                case "function_call" -> said.add("call " + item.text("call_id") + " " + item.text("name") + " " + all);
                default -> said.add("other " + item.text("type") + " " + item.raw().text());
            }
        });
        return said;
    }

    static List<String> inChat(ChatResponse response) {
        List<String> said = new ArrayList<>();
        for (Part part : response.choices().get(0).message().parts()) {
            if (part instanceof Part.Text text) {
                JsonValue notes = text.extras().get("item.annotations") == null ? null : JsonReader.read(text.extras().get("item.annotations").text().getBytes(UTF_8));
                said.add("text " + text.text() + " " + (notes == null ? List.of() : ((JsonValue.JsonArray) notes).items().stream().map(note -> note.raw().text()).toList()));
            } else if (part instanceof Part.Refusal refusal) {
                said.add("refusal " + refusal.text());
            } else if (part instanceof Part.Thinking thinking) {
                String seal = thinking.signature() == null ? "|" : thinking.signature().substring(thinking.signature().indexOf('|'));
                said.add("thinking " + (thinking.text() == null ? "" : thinking.text()) + (seal.equals("|") ? "|null" : seal));
            } else if (part instanceof Part.ToolCall call) {
                said.add("call " + call.id() + " " + call.name() + " " + call.arguments());
            } else if (part instanceof Part.Opaque opaque) {
                said.add("other " + opaque.type() + " " + opaque.value().text());
            }
        }
        return said;
    }
}
