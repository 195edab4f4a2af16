package org.sluice.gateway.provider.cohere;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.usage.Usage;

/** Reads a whole answer. */
final class ResponseReader {
    static final String CITATIONS = "citations";
    private static final String BILLED = "billed_units";

    private ResponseReader() { }

    static ChatResponse read(byte[] body) {
        JsonObject answer = object(body);
        JsonObject said = answer.object("message");
        if (said == null) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer has no message.");
        }
        Map<String, RawJson> extras = new LinkedHashMap<>();
        if (!said.items(CITATIONS).isEmpty()) {
            extras.put(CITATIONS, said.get(CITATIONS).raw());
        }
        Map<String, RawJson> ofChoice = answer.present("logprobs") == null ? Map.of() : Map.of("logprobs", answer.get("logprobs").raw());
        ChatResponse.Choice choice = new ChatResponse.Choice(0, new Message(Role.ASSISTANT, null, parts(said), extras),
                finish(answer.text("finish_reason")), ofChoice);
        return new ChatResponse(answer.text("id"), 0, null, List.of(choice), usage(answer.object("usage")), aboutUsage(answer.object("usage")));
    }

    static ResponseOutline outline(byte[] body) {
        JsonObject answer = object(body);
        boolean isError = answer.object("message") == null || isFailure(answer.text("finish_reason"));
        return new ResponseOutline(answer.text("id"), null, usage(answer.object("usage")), isError);
    }

    private static JsonObject object(byte[] body) {
        try {
            return JsonReader.readAnswer(body);
        } catch (GatewayException e) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not a chat answer of Cohere's.", e);
        }
    }

    private static List<Part> parts(JsonObject said) {
        List<Part> parts = new ArrayList<>();
        if (said.text("tool_plan") != null && !said.text("tool_plan").isEmpty()) {
            parts.add(new Part.Thinking(said.text("tool_plan"), null));
        }
        for (JsonValue item : said.items("content")) {
            if (item instanceof JsonObject content && content.text("thinking") != null) {
                parts.add(new Part.Thinking(content.text("thinking"), null));
            } else if (item instanceof JsonObject content && content.text("text") != null) {
                parts.add(new Part.Text(content.text("text")));
            }
        }
        for (JsonValue item : said.items("tool_calls")) {
            if (item instanceof JsonObject call && call.object("function") != null) {
                parts.add(new Part.ToolCall(call.text("id"), call.object("function").text("name"), arguments(call.object("function").text("arguments"))));
            }
        }
        return parts;
    }

    private static String arguments(String given) {
        return given == null || given.isBlank() || given.strip().equals("null") ? "{}" : given;
    }

    static boolean isFailure(String reason) {
        return "ERROR".equals(reason) || "TIMEOUT".equals(reason);
    }

    static FinishReason finish(String reason) {
        if (reason == null) {
            return null;
        }
        return switch (reason) {
            case "MAX_TOKENS" -> FinishReason.LENGTH;
            case "TOOL_CALL" -> FinishReason.TOOL_CALLS;
            case "ERROR_TOXIC", "SAFETY" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.STOP;
        };
    }

    /** Null when nothing was counted. */
    static Usage usage(JsonObject usage) {
        JsonObject counts = usage == null ? null : usage.object("tokens") == null ? usage.object(BILLED) : usage.object("tokens");
        if (counts == null) {
            return null;
        }
        long input = count(counts, "input_tokens") + count(counts, "image_tokens");
        return new Usage(input, count(counts, "output_tokens"), Math.min(input, count(usage, "cached_tokens")), 0, 0, count(counts, "reasoning_tokens"), 0, 0);
    }

    /** What the bill will say, which is less than what the model read. */
    static Map<String, RawJson> aboutUsage(JsonObject usage) {
        return usage == null || usage.object(BILLED) == null ? Map.of() : Map.of("usage." + BILLED, usage.object(BILLED).raw());
    }

    /** Counts may come as {@code 12} or {@code 12.0}. */
    private static long count(JsonObject counts, String name) {
        return counts.get(name) instanceof JsonValue.JsonNumber number ? Math.max(0, number.longValue()) : 0;
    }
}
