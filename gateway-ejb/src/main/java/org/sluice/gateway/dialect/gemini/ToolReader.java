package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Reads {@code tools} and {@code toolConfig}. A tool that is no function declaration is one of Google's and kept whole. */
final class ToolReader {
    /** Prefix of what stands in a declaration beyond the vocabulary's words. */
    static final String NESTED = "declaration.";
    private static final Set<String> MEMBERS = Set.of("name", "description", "parameters", "parametersJsonSchema");

    private ToolReader() { }

    static Tools read(JsonObject request) {
        List<Tool> offered = new ArrayList<>();
        List<JsonValue> items = Fields.items(request, "tools");
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof JsonObject tool)) {
                throw GatewayException.invalid("tools[" + i + "]", "A tool is not an object.");
            }
            tool(tool, "tools[" + i + "]", offered);
        }
        JsonObject config = Fields.object(request, "toolConfig");
        JsonObject calling = config == null ? null : Fields.object(config, "functionCallingConfig");
        if (offered.isEmpty() && calling == null) {
            return Tools.NONE;
        }
        return new Tools(offered, calling == null ? null : choice(calling), null);
    }

    private static void tool(JsonObject tool, String path, List<Tool> offered) {
        tool.members().forEach((written, value) -> {
            String name = Fields.camel(written);
            if (value.isNull()) {
                return;
            }
            if (!name.equals("functionDeclarations")) {
                RawJson whole = new RawJson(new JsonWriter().beginObject().name(written).raw(value.raw()).endObject().toText());
                offered.add(new Tool(name, null, null, null, Map.of(), new Part.Opaque(GeminiDialect.NAME, name, whole)));
                return;
            }
            List<JsonValue> declarations = Fields.items(tool, "functionDeclarations");
            for (int i = 0; i < declarations.size(); i++) {
                offered.add(function(declarations.get(i), path + ".functionDeclarations[" + i + "]"));
            }
        });
    }

    private static Tool function(JsonValue value, String path) {
        if (!(value instanceof JsonObject declaration) || Fields.text(declaration, "name") == null) {
            throw GatewayException.invalid(path + ".name", "'" + path + ".name' is missing.");
        }
        JsonValue plain = Fields.get(declaration, "parametersJsonSchema");
        JsonValue own = Fields.get(declaration, "parameters");
        Map<String, RawJson> extras = new LinkedHashMap<>(2);
        Rest.add(extras, NESTED, declaration, MEMBERS);
        return new Tool(Fields.text(declaration, "name"), Fields.text(declaration, "description"),
                plain != null ? plain.raw() : own == null ? null : SchemaReader.read(own), null, extras, null);
    }

    /** One allowed name with ANY is a tool that must be called; other lists of names only Gemini knows. */
    private static ToolChoice choice(JsonObject calling) {
        List<JsonValue> allowed = Fields.items(calling, "allowedFunctionNames");
        String mode = Fields.text(calling, "mode") == null ? "AUTO" : Fields.text(calling, "mode").toUpperCase(Locale.ROOT);
        if (mode.equals("ANY") && allowed.size() == 1 && allowed.get(0).asText() != null) {
            return new ToolChoice.Named(allowed.get(0).asText());
        }
        return !allowed.isEmpty() ? new ToolChoice.Opaque(GeminiDialect.NAME, calling.raw()) : switch (mode) {
            case "AUTO", "MODE_UNSPECIFIED" -> ToolChoice.Mode.AUTO;
            case "ANY" -> ToolChoice.Mode.REQUIRED;
            case "NONE" -> ToolChoice.Mode.NONE;
            default -> new ToolChoice.Opaque(GeminiDialect.NAME, calling.raw());
        };
    }
}
