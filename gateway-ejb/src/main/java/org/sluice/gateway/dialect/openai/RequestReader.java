package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads a whole request into the canonical chat. */
final class RequestReader {
    static final String STREAM_OPTIONS = "stream_options.";
    static final String RESPONSE_FORMAT = "response_format";
    private static final Set<String> READ = known();
    private final JsonObject request;
    private final Map<String, RawJson> extras;

    private RequestReader(JsonObject request, Set<String> gatewayMembers) {
        this.request = request;
        Set<String> known = new HashSet<>(READ);
        known.addAll(gatewayMembers);
        this.extras = new LinkedHashMap<>(Rest.of(request, known));
    }

    private static Set<String> known() {
        Set<String> known = new HashSet<>(ToolReader.MEMBERS);
        known.addAll(Set.of("model", "messages", "stream", "stream_options", "temperature", "top_p", "top_k", "max_tokens",
                "max_completion_tokens", "n", "stop", "seed", "presence_penalty", "frequency_penalty", "reasoning_effort",
                "thinking", RESPONSE_FORMAT, "user"));
        return known;
    }

    static ChatRequest read(RequestOutline outline, Set<String> gatewayMembers) {
        return new RequestReader(JsonReader.readObject(outline.body()), gatewayMembers).request(outline);
    }

    private ChatRequest request(RequestOutline outline) {
        JsonObject options = request.object("stream_options");
        if (options != null) {
            Rest.add(extras, STREAM_OPTIONS, options, Set.of("include_usage"));
        }
        return new ChatRequest(OpenAiDialect.NAME, outline.model(), new MessageReader().messages(request.get("messages")), ToolReader.read(request),
                sampling(), reasoning(), responseFormat(), outline.stream(), outline.includeUsage(), textOrExtra("user"), extras);
    }

    private Sampling sampling() {
        Sampling read = new Sampling(number("temperature"), number("top_p"), number("top_k"), maxTokens(), count("n"), stop(),
                number("seed"), number("presence_penalty"), number("frequency_penalty"));
        return read.equals(Sampling.DEFAULT) ? Sampling.DEFAULT : read;
    }

    private String number(String name) {
        return request.get(name) instanceof JsonNumber number ? number.text() : null;
    }

    private Long maxTokens() {
        long max = request.number("max_completion_tokens", request.number("max_tokens", 0));
        return max > 0 ? Long.valueOf(max) : null;
    }

    private Integer count(String name) {
        long count = request.number(name, 0);
        return count > 0 && count <= Integer.MAX_VALUE ? Integer.valueOf((int) count) : null;
    }

    private List<String> stop() {
        JsonValue stop = request.present("stop");
        if (stop == null) {
            return List.of();
        }
        List<String> all = new ArrayList<>();
        for (JsonValue item : stop instanceof JsonArray array ? array.items() : List.of(stop)) {
            if (item.asText() == null) {
                throw GatewayException.invalid("stop", "'stop' is neither a string nor an array of strings.");
            }
            all.add(item.asText());
        }
        return all;
    }

    private Reasoning reasoning() {
        String effort = textOrExtra("reasoning_effort");
        JsonValue thinking = request.present("thinking");
        if (!(thinking instanceof JsonObject object)) {
            if (thinking != null) {
                extras.put("thinking", thinking.raw());
            }
            return effort == null ? Reasoning.DEFAULT : new Reasoning(effort, null, null, null);
        }
        String type = object.text("type");
        Boolean isOn = "enabled".equals(type) || "adaptive".equals(type) ? Boolean.TRUE : "disabled".equals(type) ? Boolean.FALSE : null;
        long budget = object.number("budget_tokens", 0);
        return new Reasoning(effort, budget > 0 ? Long.valueOf(budget) : null, isOn, object.raw());
    }

    /** A string has its place in the vocabulary; anything else is kept as it is. */
    private String textOrExtra(String name) {
        JsonValue value = request.present(name);
        if (value != null && value.asText() == null) {
            extras.put(name, value.raw());
        }
        return value == null ? null : value.asText();
    }

    /** A format with members we have no word for is kept whole as well, and written from there. */
    private ResponseFormat responseFormat() {
        JsonValue value = request.present(RESPONSE_FORMAT);
        if (value == null) {
            return null;
        }
        JsonObject format = value instanceof JsonObject object ? object : null;
        String type = format == null ? value.asText() : format.text("type");
        JsonObject schema = format == null ? null : format.object("json_schema");
        ResponseFormat read = type == null ? null : switch (type) {
            case "text" -> ResponseFormat.Mode.TEXT;
            case "json_object" -> ResponseFormat.Mode.JSON_OBJECT;
            case "json_schema" -> schema == null || schema.present("schema") == null ? null : schema(schema);
            default -> null;
        };
        boolean isWhole = format == null || Set.of("type", "json_schema").containsAll(format.members().keySet())
                && (schema == null || Set.of("name", "description", "schema", "strict").containsAll(schema.members().keySet()));
        if (read == null || !isWhole) {
            extras.put(RESPONSE_FORMAT, format == null && type != null
                    ? new RawJson("{\"type\":" + value.raw().text() + "}") : value.raw());
        }
        return read;
    }

    private static ResponseFormat schema(JsonObject schema) {
        JsonValue strict = schema.present("strict");
        return new ResponseFormat.JsonSchema(schema.text("name"), schema.text("description"), schema.get("schema").raw(),
                strict == null ? null : strict == JsonLiteral.TRUE);
    }
}
