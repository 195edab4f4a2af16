package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads a whole request into the canonical chat. */
final class RequestReader {
    static final String TEXT = "text.";
    static final String REASONING = "reasoning.";
    /** Marks the message that {@code instructions} became. */
    static final String INSTRUCTIONS = Rest.ITEM + "instructions";
    private static final RawJson TRUE = new RawJson("true");
    private static final Set<String> READ = Set.of("model", "input", "instructions", "stream", "tools", "tool_choice",
            "parallel_tool_calls", "text", "reasoning", "max_output_tokens", "temperature", "top_p", "user");
    private final JsonObject request;
    private final Map<String, RawJson> extras = new LinkedHashMap<>();

    private RequestReader(JsonObject request, Set<String> gatewayMembers) {
        this.request = request;
        Set<String> known = new HashSet<>(READ);
        known.addAll(gatewayMembers);
        Rest.add(extras, "", request, known);
    }

    static ChatRequest read(RequestOutline outline, Set<String> gatewayMembers) {
        return new RequestReader(JsonReader.readObject(outline.body()), gatewayMembers).request(outline);
    }

    private ChatRequest request(RequestOutline outline) {
        ResponseFormat format = format();
        return new ChatRequest(ResponsesDialect.NAME, outline.model(), messages(), ToolReader.read(request), sampling(), reasoning(), format,
                outline.stream(), true, request.text("user"), extras);
    }

    private List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        if (request.text("instructions") != null && !request.text("instructions").isEmpty()) {
            messages.add(new Message(Role.SYSTEM, null, List.of(new Part.Text(request.text("instructions"))), Map.of(INSTRUCTIONS, TRUE)));
        }
        messages.addAll(new InputReader().messages(request.present("input")));
        return messages;
    }

    private Sampling sampling() {
        long max = request.number("max_output_tokens", 0);
        Sampling read = new Sampling(number("temperature"), number("top_p"), null, max > 0 ? Long.valueOf(max) : null, null, List.of(),
                null, null, null);
        return read.equals(Sampling.DEFAULT) ? Sampling.DEFAULT : read;
    }

    private String number(String name) {
        return request.get(name) instanceof JsonNumber number ? number.text() : null;
    }

    private Reasoning reasoning() {
        JsonObject reasoning = request.object("reasoning");
        if (reasoning == null) {
            return Reasoning.DEFAULT;
        }
        Rest.add(extras, REASONING, reasoning, Set.of("effort"));
        return reasoning.text("effort") == null ? Reasoning.DEFAULT : new Reasoning(reasoning.text("effort"), null, null, null);
    }

    private ResponseFormat format() {
        JsonObject text = request.object("text");
        if (text == null) {
            return null;
        }
        Rest.add(extras, TEXT, text, Set.of("format"));
        JsonObject format = text.object("format");
        ResponseFormat read = format == null || format.text("type") == null ? null : switch (format.text("type")) {
            case "text" -> ResponseFormat.Mode.TEXT;
            case "json_object" -> ResponseFormat.Mode.JSON_OBJECT;
            case "json_schema" -> schema(format);
            default -> null;
        };
        if (format != null && (read == null || !Set.of("type", "name", "description", "schema", "strict").containsAll(format.members().keySet()))) {
            extras.put(TEXT + "format", format.raw());
        }
        return read;
    }

    private static ResponseFormat schema(JsonObject format) {
        JsonValue strict = format.present("strict");
        return format.present("schema") == null ? null : new ResponseFormat.JsonSchema(format.text("name"), format.text("description"),
                format.get("schema").raw(), strict == null ? null : strict == JsonLiteral.TRUE);
    }
}
