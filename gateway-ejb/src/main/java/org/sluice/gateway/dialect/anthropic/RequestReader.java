package org.sluice.gateway.dialect.anthropic;

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
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads a whole request into the canonical chat. */
final class RequestReader {
    private static final Set<String> MEMBERS = Set.of("model", "messages", "system", "max_tokens", "stop_sequences", "stream",
            "temperature", "top_p", "top_k", "tools", "tool_choice", "thinking", "metadata", "output_config", "output_format");
    static final String METADATA = "metadata.";
    /** Of {@code metadata}: what has a word, and the gateway's own. */
    private final JsonObject request;
    private final JsonObject outputConfig;
    private final JsonObject metadata;

    private RequestReader(JsonObject request) {
        this.request = request;
        this.outputConfig = request.object("output_config");
        this.metadata = request.object("metadata");
    }

    static ChatRequest read(RequestOutline outline, Set<String> gatewayMembers) {
        return new RequestReader(JsonReader.readObject(outline.body())).request(outline, gatewayMembers);
    }

    private ChatRequest request(RequestOutline outline, Set<String> gatewayMembers) {
        Set<String> known = new HashSet<>(gatewayMembers);
        known.addAll(MEMBERS);
        Map<String, RawJson> extras = new LinkedHashMap<>(Rest.of(request, known));
        Rest.add(extras, METADATA, metadata, ForwardedRequest.SHARED);
        ResponseFormat format = responseFormat();
        Rest.add(extras, OutputConfig.PREFIX, outputConfig, format == null ? Set.of("effort") : Set.of("effort", "format"));
        return new ChatRequest(AnthropicDialect.NAME, outline.model(), MessageReader.read(request), ToolReader.read(request), sampling(), reasoning(),
                format, outline.stream(), outline.includeUsage(), metadata == null ? null : metadata.text("user_id"), extras);
    }

    private Sampling sampling() {
        long max = request.number("max_tokens", 0);
        return new Sampling(number("temperature"), number("top_p"), number("top_k"), max > 0 ? Long.valueOf(max) : null, null,
                stop(), null, null, null);
    }

    private String number(String name) {
        JsonValue value = request.present(name);
        if (value != null && !(value instanceof JsonNumber)) {
            throw GatewayException.invalid(name, "'" + name + "' is not a number.");
        }
        return value instanceof JsonNumber number ? number.text() : null;
    }

    private List<String> stop() {
        List<String> stop = new ArrayList<>();
        for (JsonValue item : request.items("stop_sequences")) {
            if (item.asText() == null) {
                throw GatewayException.invalid("stop_sequences", "'stop_sequences' holds something that is not a string.");
            }
            stop.add(item.asText());
        }
        return stop;
    }

    private Reasoning reasoning() {
        String effort = outputConfig == null ? null : outputConfig.text("effort");
        JsonObject thinking = request.object("thinking");
        if (thinking == null) {
            return effort == null ? Reasoning.DEFAULT : new Reasoning(effort, null, null, null);
        }
        long budget = thinking.number("budget_tokens", 0);
        return new Reasoning(effort, budget > 0 ? Long.valueOf(budget) : null, !"disabled".equals(thinking.text("type")), thinking.raw());
    }

    private ResponseFormat responseFormat() {
        JsonObject format = outputConfig != null && outputConfig.object("format") != null
                ? outputConfig.object("format") : request.object("output_format");
        JsonValue schema = format == null ? null : format.present("schema");
        return schema == null || !"json_schema".equals(format.text("type")) ? null
                : new ResponseFormat.JsonSchema(null, null, schema.raw(), null);
    }
}
