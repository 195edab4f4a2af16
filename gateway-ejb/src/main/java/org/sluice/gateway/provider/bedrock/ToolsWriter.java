package org.sluice.gateway.provider.bedrock;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Writes {@code toolConfig}. */
record ToolsWriter(BedrockModel model, AnswerForm answer, ContentWriter content, Losses losses) {
    private static final RawJson ANY_OBJECT = new RawJson("{\"type\":\"object\",\"properties\":{}}");

    void write(JsonWriter json, Tools tools, Turns turns) {
        boolean isNone = tools.choice() == ToolChoice.Mode.NONE;
        boolean hasOffered = !tools.offered().isEmpty() && (!isNone || turns.hasToolParts());
        if (!hasOffered && !answer.isTool() && !turns.hasToolParts()) {
            return;
        }
        json.name("toolConfig").beginObject().name("tools").beginArray();
        if (hasOffered) {
            for (int i = 0; i < tools.offered().size(); i++) {
                tool(json, tools.offered().get(i), "tools[" + i + "]");
            }
        } else if (turns.hasToolParts()) {
            turns.toolNames().forEach(name -> spec(json, name, null, ANY_OBJECT, false));
            if (turns.toolNames().isEmpty() && !answer.isTool()) {
                spec(json, "unknown", null, ANY_OBJECT, false);
            }
        }
        if (answer.isTool()) {
            spec(json, AnswerForm.TOOL_NAME, answer.description(), answer.schema(), false);
        }
        json.endArray();
        if (isNone && turns.hasToolParts() && !answer.isTool()) {
            losses.change("tool_choice", "Bedrock wants the tools that were called defined, and cannot forbid calls.");
        }
        choice(json, tools, hasOffered);
        json.endObject();
    }

    private void tool(JsonWriter json, Tool tool, String path) {
        if (tool.builtIn() != null) {
            json.raw(builtIn(tool, path));
        } else {
            spec(json, tool.name(), tool.description(), schema(tool.parameters(), path), strict(tool));
        }
        RawJson cacheControl = tool.extras().get("cache_control");
        if (cacheControl != null && !cacheControl.isNull()) {
            if (model.caches() && !model.cachesTools()) {
                losses.drop("cache_control", "this model caches no tools.");
            } else {
                content.cachePoint(json, cacheControl);
            }
        }
    }

    private boolean strict(Tool tool) {
        if (Boolean.TRUE.equals(tool.strict()) && !model.hasStrictTools()) {
            losses.drop("tools.strict", "this model has no strict tools.");
            return false;
        }
        return Boolean.TRUE.equals(tool.strict());
    }

    private static void spec(JsonWriter json, String name, String description, RawJson schema, boolean isStrict) {
        json.beginObject().name("toolSpec").beginObject().name("name").value(name)
                .optional("description", description == null || description.isEmpty() ? null : description)
                .name("inputSchema").beginObject().name("json").raw(schema).endObject();
        if (isStrict) {
            json.name("strict").value(true);
        }
        json.endObject().endObject();
    }

    /** The model's own tools, e.g. {@code {"type": "nova_grounding"}}; a whole {@code systemTool} passes. */
    private RawJson builtIn(Tool tool, String path) {
        String type = tool.builtIn().type();
        if (type != null && type.startsWith("nova_")) {
            return new RawJson(new JsonWriter().beginObject().name("systemTool").beginObject().name("name").value(type).endObject().endObject().toText());
        }
        if (JsonReader.read(tool.builtIn().value().text().getBytes(StandardCharsets.UTF_8)) instanceof JsonObject given) {
            for (String own : List.of("systemTool", "toolSpec")) {
                if (given.object(own) != null) {
                    return new RawJson(new JsonWriter().beginObject().name(own).raw(given.get(own).raw()).endObject().toText());
                }
            }
        }
        throw GatewayException.invalid(path + ".type", "Bedrock has no tool of this type.");
    }

    private static RawJson schema(RawJson parameters, String path) {
        if (parameters == null) {
            return ANY_OBJECT;
        }
        if (!(JsonReader.read(parameters.text().getBytes(StandardCharsets.UTF_8)) instanceof JsonObject schema)) {
            throw GatewayException.invalid(path + ".parameters", "A tool's parameters are not a JSON schema object.");
        }
        if (schema.present("type") != null) {
            return parameters;
        }
        JsonWriter json = new JsonWriter().beginObject().name("type").value("object");
        schema.members().forEach((name, value) -> {
            if (!name.equals("type")) {
                json.name(name).raw(value.raw());
            }
        });
        return new RawJson(json.endObject().toText());
    }

    private void choice(JsonWriter json, Tools tools, boolean hasOffered) {
        ToolChoice choice = answer.isTool() ? answer.choice(tools) : hasOffered ? tools.choice() : null;
        if (choice instanceof ToolChoice.Opaque) {
            throw GatewayException.invalid("tool_choice", "Bedrock has no such choice of tools; it takes auto, required, none and one named tool.");
        }
        if (choice == null || choice == ToolChoice.Mode.NONE) {
            return;
        }
        json.name("toolChoice").beginObject();
        if (choice instanceof ToolChoice.Named named) {
            json.name("tool").beginObject().name("name").value(named.name()).endObject();
        } else {
            json.name(choice == ToolChoice.Mode.REQUIRED ? "any" : "auto").beginObject().endObject();
        }
        json.endObject();
    }
}
