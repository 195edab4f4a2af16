package org.sluice.gateway.dialect.gemini;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.json.JsonWriter;

/** Writes a request; the rules stand in the package's description. One per request. */
final class RequestWriter {
    /** Google's own parameters that a client of another dialect may send beside its own. */
    private static final Set<String> KNOWN = Set.of("safetySettings", "cachedContent", "labels", "modelArmorConfig");
    /** OpenAI's parameters that are told in other words. */
    private static final Set<String> TOLD = Set.of("logprobs", "top_logprobs", "modalities", "web_search_options", "response_format", "n");
    private final ChatRequest request;
    private final Losses losses;
    private final boolean isOwn;
    private final GeminiModel model;
    private final Conversation conversation;

    RequestWriter(ChatRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
        this.isOwn = request.dialect().equals(GeminiDialect.NAME);
        this.model = GeminiModel.of(request.model());
        this.conversation = Conversation.of(model, request.messages(), isOwn);
    }

    byte[] write() {
        JsonWriter json = new JsonWriter(4096).beginObject();
        boolean isSchemaTold = isOwn || model.takesSchemaWithTools() || !ToolWriter.hasFunctions(request.tools());
        contents(json);
        system(json, isSchemaTold ? null : instruction(request.responseFormat()));
        boolean isSearchWanted = !isOwn && present("web_search_options");
        new ToolWriter(model, losses).write(json, request.tools(), isSearchWanted, isOwn ? request.extras() : Map.of());
        new GenerationConfig(request, model).write(json, isSchemaTold, losses);
        extras(json);
        return json.endObject().toBytes();
    }

    private void contents(JsonWriter json) {
        json.name("contents").beginArray();
        for (Content content : conversation.contents()) {
            json.beginObject().name("role").value(content.role).name("parts").beginArray();
            boolean isFirstCall = true;
            for (Content.Block block : content.blocks()) {
                boolean isCall = block.part() instanceof Part.ToolCall;
                boolean isUnsigned = isCall && isFirstCall && block.signature() == null && model.needsSignatures() && !isOwn;
                PartWriter.write(json, isUnsigned ? block.signed(Signed.SKIPPED) : block, model.takesMediaInResults());
                isFirstCall &= !isCall;
            }
            json.endArray();
            if (isOwn) {
                json.members(content.extras);
            }
            json.endObject();
        }
        json.endArray();
    }

    private void system(JsonWriter json, String instruction) {
        List<Part> parts = new ArrayList<>(conversation.system());
        if (instruction != null) {
            parts.add(new Part.Text(instruction));
        }
        if (!parts.isEmpty()) {
            json.name("systemInstruction").beginObject().name("parts").beginArray();
            parts.forEach(part -> PartWriter.write(json, part, null, "system"));
            json.endArray().endObject();
        }
    }

    /** Models before Gemini 3 give no JSON answer where there are functions: they are asked for it in words. */
    private String instruction(ResponseFormat format) {
        if (format == null || format == ResponseFormat.Mode.TEXT) {
            return null;
        }
        losses.change("response_format", "this model takes no format beside tools; it is asked for it in words.");
        return format instanceof ResponseFormat.JsonSchema schema
                ? "Give the final answer as JSON that fits this JSON schema, and nothing else:\n" + schema.schema().text()
                : "Give the final answer as one JSON object and nothing else: no prose and no code fence around it.";
    }

    private boolean present(String extra) {
        RawJson value = request.extras().get(extra);
        return value != null && !value.isNull();
    }

    private void extras(JsonWriter json) {
        request.extras().forEach((name, value) -> {
            boolean isWhole = name.indexOf('.') < 0;
            if (isOwn ? isWhole : KNOWN.contains(Fields.camel(name))) {
                json.name(name).raw(value);
            } else if (!isOwn && isWhole && !TOLD.contains(name) && !value.isNull()) {
                losses.drop(name, "Gemini has no counterpart of it.");
            }
        });
        if (request.user() != null) {
            losses.drop("user", "Gemini takes no name of the end user.");
        }
    }
}
