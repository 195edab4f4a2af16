package org.sluice.gateway.dialect.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Writes {@code output_config}: effort, format, and what else the caller put there. */
final class OutputConfig {
    static final String MEMBER = "output_config";
    static final String PREFIX = "output_config.";

    private OutputConfig() { }

    static void write(JsonWriter json, String effort, StructuredAnswer answer, Map<String, RawJson> extras) {
        Map<String, RawJson> config = new LinkedHashMap<>();
        if (extras.get(MEMBER) != null && ProviderJson.value(extras.get(MEMBER)) instanceof JsonObject given) {
            config.putAll(Rest.of(given, Set.of()));
        }
        extras.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                config.put(name.substring(PREFIX.length()), value);
            }
        });
        if (effort != null) {
            config.putIfAbsent("effort", new RawJson("\"" + effort + "\""));
        }
        if (answer.way() == StructuredAnswer.Way.NATIVE) {
            config.put("format", new RawJson(new JsonWriter().beginObject().name("type").value("json_schema")
                    .name("schema").raw(SchemaFit.of(answer.schema())).endObject().toText()));
        }
        if (!config.isEmpty()) {
            json.name(MEMBER).beginObject().members(config).endObject();
        }
    }
}
