package org.sluice.gateway.dialect.anthropic;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads {@code tools} and {@code tool_choice}. A tool with a type of its own is one of Anthropic's and kept whole. */
final class ToolReader {
    private static final Set<String> MEMBERS = Set.of("type", "name", "description", "input_schema", "strict");

    private ToolReader() { }

    static Tools read(JsonObject request) {
        List<Tool> offered = new ArrayList<>();
        for (JsonValue item : request.items("tools")) {
            if (!(item instanceof JsonObject tool)) {
                throw GatewayException.invalid("tools[" + offered.size() + "]", "A tool is not an object.");
            }
            offered.add(tool(tool, "tools[" + offered.size() + "]"));
        }
        JsonObject choice = request.object("tool_choice");
        if (offered.isEmpty() && choice == null) {
            return Tools.NONE;
        }
        JsonValue serial = choice == null ? null : choice.present("disable_parallel_tool_use");
        return new Tools(offered, choice == null ? null : choice(choice), serial == null ? null : Boolean.valueOf(serial != JsonLiteral.TRUE));
    }

    private static Tool tool(JsonObject tool, String path) {
        String type = tool.text("type");
        String name = tool.text("name");
        if (type != null && !type.equals("custom")) {
            return new Tool(name == null ? type : name, null, null, null, java.util.Map.of(),
                    new Part.Opaque(AnthropicDialect.NAME, type, tool.raw()));
        }
        if (name == null) {
            throw GatewayException.invalid(path + ".name", "'" + path + ".name' is missing.");
        }
        JsonValue strict = tool.present("strict");
        JsonValue schema = tool.present("input_schema");
        return new Tool(name, tool.text("description"), schema == null ? null : schema.raw(),
                strict == null ? null : Boolean.valueOf(strict == JsonLiteral.TRUE), Rest.of(tool, MEMBERS), null);
    }

    private static ToolChoice choice(JsonObject choice) {
        String name = choice.text("name");
        return switch (choice.text("type") == null ? "" : choice.text("type")) {
            case "auto" -> ToolChoice.Mode.AUTO;
            case "any" -> ToolChoice.Mode.REQUIRED;
            case "none" -> ToolChoice.Mode.NONE;
            case "tool" -> name == null ? opaque(choice.raw()) : new ToolChoice.Named(name);
            default -> opaque(choice.raw());
        };
    }

    private static ToolChoice opaque(RawJson raw) {
        return new ToolChoice.Opaque(AnthropicDialect.NAME, raw);
    }
}
