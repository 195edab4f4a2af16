package org.sluice.gateway.provider.bedrock;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Reads a whole answer. */
final class ConverseAnswer {
    private static final Set<String> MEMBERS = Set.of("output", "stopReason", "usage");

    private ConverseAnswer() { }

    static ChatResponse read(byte[] body, String model) {
        JsonObject answer = object(body);
        JsonObject output = answer.object("output");
        JsonObject message = output == null ? null : output.object("message");
        if (message == null || !(message.get("content") instanceof JsonArray content)) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not a message.");
        }
        List<Part> parts = new ArrayList<>(content.items().size());
        for (JsonValue item : content.items()) {
            if (!(item instanceof JsonObject block)) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds content that is no block.");
            }
            part(block, BedrockModel.of(String.valueOf(model)), parts);
        }
        Map<String, RawJson> end = new LinkedHashMap<>();
        StopReason.extras(answer, end);
        Map<String, RawJson> extras = new LinkedHashMap<>();
        answer.members().forEach((name, value) -> {
            if (!MEMBERS.contains(name) && !value.isNull()) {
                extras.put(name, value.raw());
            }
        });
        ChatResponse.Choice choice = new ChatResponse.Choice(0, new Message(Role.ASSISTANT, parts),
                StopReason.read(answer.text("stopReason"), parts.stream().anyMatch(Part.ToolCall.class::isInstance)), end);
        return new ChatResponse(null, 0, model, List.of(choice), ConverseUsage.read(answer.object("usage")), extras);
    }

    static ResponseOutline outline(byte[] body, String model) {
        JsonObject answer = object(body);
        return new ResponseOutline(null, model, ConverseUsage.read(answer.object("usage")), answer.object("output") == null && answer.text("message") != null);
    }

    private static JsonObject object(byte[] body) {
        try {
            return JsonReader.readAnswer(body);
        } catch (GatewayException notJson) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not a JSON object.");
        }
    }

    private static void part(JsonObject block, BedrockModel model, List<Part> parts) {
        JsonObject call = block.object("toolUse");
        JsonObject reasoning = block.object("reasoningContent");
        JsonObject cited = block.object("citationsContent");
        if (block.text("text") != null) {
            parts.add(new Part.Text(block.text("text")));
        } else if (call != null && isForCaller(call)) {
            String input = call.get("input") == null ? "{}" : call.get("input").raw().text();
            parts.add(AnswerForm.TOOL_NAME.equals(call.text("name")) ? new Part.Text(input) : new Part.ToolCall(call.text("toolUseId"), call.text("name"), input));
        } else if (reasoning != null && reasoning.object("reasoningText") != null) {
            parts.add(new Part.Thinking(reasoning.object("reasoningText").text("text"),
                    model.signature(reasoning.object("reasoningText").text("signature"))));
        } else if (reasoning != null && reasoning.text("redactedContent") != null) {
            String signature = model.redactedSignature(reasoning.text("redactedContent"));
            parts.add(signature == null ? new Part.RedactedThinking(redacted(reasoning.text("redactedContent")), Map.of()) : new Part.Thinking("", signature));
        } else if (cited != null) {
            parts.add(cited(cited));
        } else if (!block.members().isEmpty()) {
            parts.add(opaque(name(block), block));
        }
    }

    /** A call of the provider's own tool is none of the caller's business. */
    static boolean isForCaller(JsonObject call) {
        return call.text("type") == null || call.text("type").equals("tool_use");
    }

    /** The name of the block's one member. */
    private static String name(JsonObject block) {
        return block.members().keySet().stream().filter(name -> !name.equals("type")).findFirst().orElse("type");
    }

    /** A whole block, with a type by which other dialects carry it. */
    static Part.Opaque opaque(String name, JsonObject block) {
        JsonValue value = block.get(name);
        return opaque(name, value == null ? RawJson.EMPTY_OBJECT : value.raw());
    }

    static Part.Opaque opaque(String name, RawJson value) {
        return new Part.Opaque(ConverseDialect.NAME, name,
                new RawJson(new JsonWriter().beginObject().name("type").value(name).name(name).raw(value).endObject().toText()));
    }

    private static Part cited(JsonObject cited) {
        StringBuilder text = new StringBuilder();
        for (JsonValue piece : cited.items("content")) {
            text.append(piece instanceof JsonObject object && object.text("text") != null ? object.text("text") : "");
        }
        JsonValue citations = cited.present("citations");
        return new Part.Text(text.toString(), citations == null ? Map.of() : Map.of("citations", citations.raw()));
    }

    /** The text that Anthropic gives, which Converse wraps in base64 once more; other bytes stay as they are. */
    static String redacted(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            String text = new String(bytes, StandardCharsets.US_ASCII);
            boolean isText = !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f) && text.length() == bytes.length;
            return isText ? text : base64;
        } catch (IllegalArgumentException notBase64) {
            return base64;
        }
    }
}
