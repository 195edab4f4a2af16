package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
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

/** Reads what tools are on offer, and the older {@code functions} and {@code function_call}. */
final class ToolReader {
    static final Set<String> MEMBERS = Set.of("tools", "tool_choice", "parallel_tool_calls", "functions", "function_call");
    static final String NESTED = "function.";
    private static final Set<String> FUNCTION = Set.of("name", "description", "parameters", "strict");

    private ToolReader() { }

    static Tools read(JsonObject request) {
        List<Tool> offered = new ArrayList<>();
        for (JsonValue item : request.items("tools")) {
            if (item instanceof JsonObject tool) {
                offered.add(tool(tool));
            }
        }
        for (JsonValue item : request.items("functions")) {
            if (item instanceof JsonObject function && function.text("name") != null) {
                offered.add(function(function, Map.of()));
            }
        }
        JsonValue choice = request.present("tool_choice") != null ? request.present("tool_choice") : request.present("function_call");
        JsonValue parallel = request.present("parallel_tool_calls");
        Boolean isParallel = parallel == JsonLiteral.TRUE ? Boolean.TRUE : parallel == JsonLiteral.FALSE ? Boolean.FALSE : null;
        return offered.isEmpty() && choice == null && isParallel == null ? Tools.NONE : new Tools(offered, choice(choice), isParallel);
    }

    private static Tool tool(JsonObject tool) {
        JsonObject function = tool.object("function");
        String type = tool.text("type") == null ? "function" : tool.text("type");
        if (function != null && function.text("name") != null && type.equals("function")) {
            return function(function, Rest.of(tool, Set.of("type", "function")));
        }
        String name = tool.text("name") == null ? type : tool.text("name");
        return new Tool(name, null, null, null, Map.of(), new Part.Opaque(OpenAiDialect.NAME, type, tool.raw()));
    }

    private static Tool function(JsonObject function, Map<String, RawJson> outside) {
        Map<String, RawJson> extras = new java.util.LinkedHashMap<>(outside);
        Rest.add(extras, NESTED, function, FUNCTION);
        JsonValue strict = function.present("strict");
        return new Tool(function.text("name"), function.text("description"),
                function.present("parameters") == null ? null : function.get("parameters").raw(),
                strict == null ? null : strict == JsonLiteral.TRUE, extras, null);
    }

    private static ToolChoice choice(JsonValue choice) {
        if (choice == null) {
            return null;
        }
        if (choice.asText() != null) {
            return switch (choice.asText()) {
                case "auto" -> ToolChoice.Mode.AUTO;
                case "none" -> ToolChoice.Mode.NONE;
                case "required", "any" -> ToolChoice.Mode.REQUIRED;
                default -> new ToolChoice.Opaque(OpenAiDialect.NAME, choice.raw());
            };
        }
        JsonObject named = choice instanceof JsonObject object ? object.object("function") == null ? object : object.object("function") : null;
        String type = choice instanceof JsonObject object ? object.text("type") : null;
        return named != null && named.text("name") != null && (type == null || type.equals("function"))
                ? new ToolChoice.Named(named.text("name")) : new ToolChoice.Opaque(OpenAiDialect.NAME, choice.raw());
    }
}
