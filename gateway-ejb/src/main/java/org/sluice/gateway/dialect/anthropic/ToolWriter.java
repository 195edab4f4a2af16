package org.sluice.gateway.dialect.anthropic;

import java.util.List;
import java.util.regex.Pattern;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Writes {@code tools} and {@code tool_choice}. */
final class ToolWriter {
    /** Anthropic's own tools carry a date in their type. */
    private static final Pattern OWN_TYPE = Pattern.compile("[a-z0-9_]+_\\d{8}|mcp_toolset");

    private final ClaudeModel model;
    private final StructuredAnswer answer;

    ToolWriter(ClaudeModel model, StructuredAnswer answer) {
        this.model = model;
        this.answer = answer;
    }

    void write(JsonWriter json, Tools tools, RawJson webSearch) {
        List<Tool> offered = tools.offered();
        if (offered.isEmpty() && !answer.isTool() && webSearch == null) {
            return;
        }
        json.name("tools").beginArray();
        for (int i = 0; i < offered.size(); i++) {
            tool(json, offered.get(i), "tools[" + i + "]");
        }
        if (webSearch != null) {
            WebSearch.write(json, webSearch);
        }
        if (answer.isTool()) {
            answer.writeTool(json);
        }
        json.endArray();
        choice(json, tools);
    }

    private void tool(JsonWriter json, Tool tool, String path) {
        if (tool.builtIn() != null) {
            json.raw(builtIn(tool, path));
            return;
        }
        json.beginObject().name("name").value(tool.name()).optional("description", tool.description())
                .name("input_schema").raw(schema(tool.parameters(), path));
        if (tool.strict() != null && model.hasStructuredOutputs()) {
            json.name("strict").value(tool.strict().booleanValue());
        }
        Rest.write(json, tool.extras());
        Rest.writeNested(json, "function.", tool.extras());
        json.endObject();
    }

    private static RawJson builtIn(Tool tool, String path) {
        boolean isOwn = tool.builtIn().dialect().equals(AnthropicDialect.NAME) || OWN_TYPE.matcher(tool.builtIn().type()).matches()
                || ProviderJson.value(tool.builtIn().value()) instanceof JsonObject object && object.get("input_schema") != null;
        if (!isOwn) {
            throw BlockWriter.refused(path + ".type", "Anthropic has no tool of this type.");
        }
        return tool.builtIn().value();
    }

    /** The caller's schema; {@code type} is put in where it is missing because the API asks for it. */
    private static RawJson schema(RawJson parameters, String path) {
        if (parameters == null) {
            return new RawJson("{\"type\":\"object\",\"properties\":{}}");
        }
        if (!(ProviderJson.value(parameters) instanceof JsonObject schema)) {
            throw BlockWriter.refused(path + ".parameters", "A tool's parameters are not a JSON schema object.");
        }
        if (schema.present("type") != null) {
            return parameters;
        }
        JsonWriter json = new JsonWriter().beginObject().name("type").value("object");
        Rest.of(schema, java.util.Set.of("type")).forEach((name, value) -> json.name(name).raw(value));
        return new RawJson(json.endObject().toText());
    }

    private void choice(JsonWriter json, Tools tools) {
        ToolChoice choice = answer.isTool() ? answer.choice(tools) : tools.choice();
        Boolean parallel = tools.parallel();
        if (choice instanceof ToolChoice.Opaque opaque) {
            if (!opaque.dialect().equals(AnthropicDialect.NAME)) {
                throw BlockWriter.refused("tool_choice", "Anthropic has no such choice of tools.");
            }
            json.name("tool_choice").raw(opaque.value());
            return;
        }
        if (choice == null && (parallel == null || parallel)) {
            return;
        }
        json.name("tool_choice").beginObject().name("type");
        if (choice instanceof ToolChoice.Named named) {
            json.value("tool").name("name").value(named.name());
        } else {
            json.value(choice == ToolChoice.Mode.REQUIRED ? "any" : choice == ToolChoice.Mode.NONE ? "none" : "auto");
        }
        if (parallel != null && choice != ToolChoice.Mode.NONE) {
            json.name("disable_parallel_tool_use").value(!parallel);
        }
        json.endObject();
    }

    /** Whether the model must call a tool. */
    static boolean isForced(ToolChoice choice) {
        return choice == ToolChoice.Mode.REQUIRED || choice instanceof ToolChoice.Named;
    }

}
