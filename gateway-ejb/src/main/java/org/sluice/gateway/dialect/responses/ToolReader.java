package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * Reads what tools are on offer. A custom tool, which takes free text, is a function of one argument {@code input} to
 * whoever does not know custom tools, and keeps its own form as {@value #WHOLE}. Every other tool is built in.
 */
final class ToolReader {
    static final String WHOLE = Rest.ITEM + "tool";
    private static final RawJson FREE_TEXT = new RawJson(
            "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},\"required\":[\"input\"],\"additionalProperties\":false}");
    private static final Set<String> FUNCTION = Set.of("type", "name", "description", "parameters", "strict", "function");

    private ToolReader() { }

    static Tools read(JsonObject request) {
        List<Tool> offered = new ArrayList<>();
        for (JsonValue item : request.items("tools")) {
            if (item instanceof JsonObject tool) {
                offered.add(tool(tool));
            }
        }
        JsonValue choice = request.present("tool_choice");
        JsonValue parallel = request.present("parallel_tool_calls");
        Boolean isParallel = parallel == JsonLiteral.TRUE ? Boolean.TRUE : parallel == JsonLiteral.FALSE ? Boolean.FALSE : null;
        return offered.isEmpty() && choice == null && isParallel == null ? Tools.NONE : new Tools(offered, choice(choice), isParallel);
    }

    private static Tool tool(JsonObject tool) {
        String type = tool.text("type") == null ? "function" : tool.text("type");
        JsonObject function = tool.object("function") != null ? tool.object("function") : tool;
        if (type.equals("function") && function.text("name") != null) {
            JsonValue parameters = function.present("parameters");
            JsonValue strict = function.present("strict");
            return new Tool(function.text("name"), function.text("description"), parameters == null ? null : parameters.raw(),
                    strict == null ? null : strict == JsonLiteral.TRUE, Rest.ofItem(tool, FUNCTION), null);
        }
        if (type.equals("custom") && tool.text("name") != null) {
            Map<String, RawJson> extras = new LinkedHashMap<>();
            extras.put(WHOLE, tool.raw());
            return new Tool(tool.text("name"), tool.text("description"), FREE_TEXT, null, extras, null);
        }
        return new Tool(type, null, null, null, Map.of(), new Part.Opaque(ResponsesDialect.NAME, type, tool.raw()));
    }

    private static ToolChoice choice(JsonValue choice) {
        if (choice == null) {
            return null;
        }
        String mode = choice.asText() == null ? "" : choice.asText();
        switch (mode) {
            case "auto":
                return ToolChoice.Mode.AUTO;
            case "none":
                return ToolChoice.Mode.NONE;
            case "required":
                return ToolChoice.Mode.REQUIRED;
            default:
                boolean isNamed = choice instanceof JsonObject object && object.text("name") != null
                        && Set.of("function", "custom").contains(String.valueOf(object.text("type")));
                return isNamed ? new ToolChoice.Named(((JsonObject) choice).text("name")) : new ToolChoice.Opaque(ResponsesDialect.NAME, choice.raw());
        }
    }
}
