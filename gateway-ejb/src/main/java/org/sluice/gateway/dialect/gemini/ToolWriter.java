package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Writes {@code tools} and {@code toolConfig}. */
final class ToolWriter {
    private final GeminiModel model;
    private final Losses losses;

    ToolWriter(GeminiModel model, Losses losses) {
        this.model = model;
        this.losses = losses;
    }

    static boolean hasFunctions(Tools tools) {
        return tools.offered().stream().anyMatch(tool -> tool.builtIn() == null);
    }

    void write(JsonWriter json, Tools tools, boolean isSearchWanted, Map<String, RawJson> extras) {
        List<Tool> offered = tools.offered();
        if (!offered.isEmpty() || isSearchWanted) {
            json.name("tools").beginArray();
            boolean areFunctionsTold = false;
            for (int i = 0; i < offered.size(); i++) {
                if (offered.get(i).builtIn() != null) {
                    json.raw(builtIn(offered.get(i), "tools[" + i + "]"));
                } else if (!areFunctionsTold) {
                    areFunctionsTold = true;
                    functions(json, offered);
                }
            }
            if (isSearchWanted) {
                json.raw(BuiltInTools.SEARCH);
            }
            json.endArray();
        }
        config(json, tools, extras);
    }

    private static RawJson builtIn(Tool tool, String path) {
        RawJson own = BuiltInTools.of(tool.builtIn());
        if (own == null) {
            throw GatewayException.invalid(path + ".type", "Gemini has no tool of this type.");
        }
        return own;
    }

    private void functions(JsonWriter json, List<Tool> offered) {
        json.beginObject().name("functionDeclarations").beginArray();
        for (int i = 0; i < offered.size(); i++) {
            Tool tool = offered.get(i);
            if (tool.builtIn() == null) {
                json.beginObject().name("name").value(tool.name()).optional("description", tool.description());
                parameters(json, tool, "tools[" + i + "].function.parameters");
                Rest.writeNested(json, ToolReader.NESTED, tool.extras());
                json.endObject();
            }
        }
        json.endArray().endObject();
    }

    private void parameters(JsonWriter json, Tool tool, String path) {
        if (tool.parameters() == null) {
            return;
        }
        if (!(ProviderJson.value(tool.parameters()) instanceof JsonObject)) {
            throw GatewayException.invalid(path, "A tool's parameters are not a JSON schema object.");
        }
        if (model.takesJsonSchema()) {
            json.name("parametersJsonSchema").raw(tool.parameters());
        } else {
            json.optional("parameters", SchemaFit.parameters(tool.parameters(), path));
        }
    }

    private void config(JsonWriter json, Tools tools, Map<String, RawJson> extras) {
        RawJson calling = hasFunctions(tools) ? calling(tools.choice()) : null;
        boolean hasMore = extras.keySet().stream().anyMatch(name -> name.startsWith(RequestReader.TOOL_CONFIG));
        if (Boolean.FALSE.equals(tools.parallel())) {
            losses.drop("parallel_tool_calls", "Gemini cannot be told to call one tool at a time.");
        }
        if (calling == null && !hasMore) {
            return;
        }
        json.name("toolConfig").beginObject().optional("functionCallingConfig", calling);
        Rest.writeNested(json, RequestReader.TOOL_CONFIG, extras);
        json.endObject();
    }

    private RawJson calling(ToolChoice choice) {
        if (choice instanceof ToolChoice.Opaque opaque) {
            return opaque.dialect().equals(GeminiDialect.NAME) ? opaque.value() : allowed(opaque.value());
        }
        if (choice instanceof ToolChoice.Named named) {
            return calling("ANY", List.of(named.name()));
        }
        return choice == null ? null : calling(choice == ToolChoice.Mode.REQUIRED ? "ANY" : choice == ToolChoice.Mode.NONE ? "NONE" : "AUTO", List.of());
    }

    private static RawJson calling(String mode, List<String> names) {
        JsonWriter json = new JsonWriter(64).beginObject().name("mode").value(mode);
        if (!names.isEmpty()) {
            json.name("allowedFunctionNames").beginArray();
            names.forEach(json::value);
            json.endArray();
        }
        return new RawJson(json.endObject().toText());
    }

    /** OpenAI's allowed_tools: some of the tools, called or not ({@code VALIDATED}) or in any case ({@code ANY}). */
    private static RawJson allowed(RawJson choice) {
        JsonObject whole = ProviderJson.value(choice) instanceof JsonObject object ? object : null;
        JsonObject given = whole == null ? null : whole.object("allowed_tools") != null ? whole.object("allowed_tools") : whole;
        List<String> names = new ArrayList<>();
        if (given != null) {
            for (JsonValue item : given.items("tools")) {
                JsonObject tool = item instanceof JsonObject object ? object : null;
                JsonObject function = tool == null ? null : tool.object("function") != null ? tool.object("function") : tool;
                if (function != null && function.text("name") != null) {
                    names.add(function.text("name"));
                }
            }
        }
        if (whole == null || !"allowed_tools".equals(whole.text("type")) || names.isEmpty()) {
            throw GatewayException.invalid("tool_choice", "Gemini has no such choice of tools.");
        }
        return calling("required".equals(given.text("mode")) ? "ANY" : "VALIDATED", names);
    }
}
