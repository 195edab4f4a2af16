package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

/** Reads a whole request into the canonical chat; one to be counted may stand inside {@code generateContentRequest}. */
final class RequestReader {
    static final String CONFIG = "generationConfig.";
    static final String TOOL_CONFIG = "toolConfig.";
    static final String THINKING = CONFIG + "thinkingConfig";
    private static final Set<String> MEMBERS = Set.of("model", "contents", "systemInstruction", "tools", "toolConfig", "generationConfig",
            "generateContentRequest");
    private static final Set<String> KNOBS = Set.of("temperature", "topP", "topK", "maxOutputTokens", "candidateCount", "stopSequences",
            "seed", "presencePenalty", "frequencyPenalty");
    private static final Set<String> FORMAT = Set.of("responseMimeType", "responseSchema", "responseJsonSchema");
    private static final String JSON = "application/json";
    private final JsonObject request;
    private final JsonObject config;

    private RequestReader(JsonObject body) {
        JsonObject inside = Fields.get(body, "contents") == null ? Fields.object(body, "generateContentRequest") : null;
        request = inside == null ? body : inside;
        config = Fields.object(request, "generationConfig");
    }

    static ChatRequest read(RequestOutline outline, Set<String> gatewayMembers) {
        return new RequestReader(JsonReader.readObject(outline.body())).request(outline, gatewayMembers);
    }

    private ChatRequest request(RequestOutline outline, Set<String> gatewayMembers) {
        Set<String> known = new HashSet<>(gatewayMembers);
        known.addAll(MEMBERS);
        Map<String, RawJson> extras = new LinkedHashMap<>(Rest.of(request, known));
        ResponseFormat format = responseFormat();
        Set<String> told = new HashSet<>(KNOBS);
        if (format != null) {
            told.addAll(FORMAT);
        }
        Rest.add(extras, CONFIG, config, told);
        Rest.add(extras, TOOL_CONFIG, Fields.object(request, "toolConfig"), Set.of("functionCallingConfig"));
        return new ChatRequest(GeminiDialect.NAME, outline.model(), ContentReader.read(request), ToolReader.read(request), sampling(), reasoning(),
                format, outline.stream(), outline.includeUsage(), null, extras);
    }

    private Sampling sampling() {
        if (config == null) {
            return Sampling.DEFAULT;
        }
        long max = Fields.number(config, "maxOutputTokens", 0);
        long n = Fields.number(config, "candidateCount", 0);
        Sampling read = new Sampling(number("temperature"), number("topP"), number("topK"), max > 0 ? Long.valueOf(max) : null,
                n > 0 && n <= Integer.MAX_VALUE ? Integer.valueOf((int) n) : null, stop(), number("seed"), number("presencePenalty"), number("frequencyPenalty"));
        return read.equals(Sampling.DEFAULT) ? Sampling.DEFAULT : read;
    }

    private String number(String name) {
        JsonValue value = Fields.get(config, name);
        if (value != null && !(value instanceof JsonNumber)) {
            throw GatewayException.invalid(CONFIG + name, "'" + CONFIG + name + "' is not a number.");
        }
        return value instanceof JsonNumber number ? number.text() : null;
    }

    private List<String> stop() {
        List<String> stop = new ArrayList<>();
        for (JsonValue item : Fields.items(config, "stopSequences")) {
            if (item.asText() == null) {
                throw GatewayException.invalid(CONFIG + "stopSequences", "'" + CONFIG + "stopSequences' holds something that is not a string.");
            }
            stop.add(item.asText());
        }
        return stop;
    }

    /** The object itself stays an extra, so that a provider of the same dialect gets it as it was. */
    private Reasoning reasoning() {
        JsonObject thinking = config == null ? null : Fields.object(config, "thinkingConfig");
        if (thinking == null) {
            return Reasoning.DEFAULT;
        }
        String level = Fields.text(thinking, "thinkingLevel");
        String effort = level == null || level.endsWith("UNSPECIFIED") ? null : level.toLowerCase(Locale.ROOT);
        long budget = Fields.number(thinking, "thinkingBudget", Long.MIN_VALUE);
        Boolean isOn = budget == 0 ? Boolean.FALSE : budget != Long.MIN_VALUE ? Boolean.TRUE : null;
        return effort == null && isOn == null ? Reasoning.DEFAULT : new Reasoning(effort, budget > 0 ? Long.valueOf(budget) : null, isOn, null);
    }

    /** A format of another media type only Gemini knows. */
    private ResponseFormat responseFormat() {
        String type = config == null ? null : Fields.text(config, "responseMimeType");
        JsonValue plain = config == null ? null : Fields.get(config, "responseJsonSchema");
        JsonValue own = config == null ? null : Fields.get(config, "responseSchema");
        if (type != null && !type.equals(JSON)) {
            return type.equals("text/plain") && plain == null && own == null ? ResponseFormat.Mode.TEXT : null;
        }
        if (plain != null || own != null) {
            return new ResponseFormat.JsonSchema(null, null, plain != null ? plain.raw() : SchemaReader.read(own), null);
        }
        return type == null ? null : ResponseFormat.Mode.JSON_OBJECT;
    }
}
