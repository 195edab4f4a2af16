package org.sluice.gateway.dialect.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.json.JsonWriter;

/** Writes a canonical request. Of another dialect's extras those with the same name and meaning here are sent. */
final class RequestWriter {
    private static final List<String> COMMON = List.of("store", "service_tier", "prompt_cache_key", "prompt_cache_retention",
            "safety_identifier", "top_logprobs");
    private final JsonWriter json = new JsonWriter(2048);
    private final ChatRequest request;
    private final Losses losses;
    private final boolean isOwn;

    RequestWriter(ChatRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
        this.isOwn = request.dialect().equals(ResponsesDialect.NAME);
    }

    byte[] write() {
        json.beginObject().optional("model", request.model().isEmpty() ? null : request.model());
        List<Message> input = new ArrayList<>(request.messages());
        if (!input.isEmpty() && input.get(0).extras().containsKey(RequestReader.INSTRUCTIONS)) {
            json.name("instructions").value(((Part.Text) input.remove(0).parts().get(0)).text());
        }
        new InputWriter(json, losses).write(input);
        tools(request.tools());
        text();
        reasoning();
        json.optionalLiteral("max_output_tokens", request.sampling().maxTokens())
                .optionalLiteral("temperature", request.sampling().temperature()).optionalLiteral("top_p", request.sampling().topP());
        if (request.stream()) {
            json.name("stream").value(true);
        }
        json.optional("user", request.user());
        unknownKnobs();
        request.extras().forEach(this::extra);
        return json.endObject().toBytes();
    }

    private void extra(String name, RawJson value) {
        boolean isNested = name.startsWith(RequestReader.TEXT) || name.startsWith(RequestReader.REASONING);
        if (isOwn ? !isNested : COMMON.contains(name)) {
            json.name(name).raw(value);
        } else if (!isOwn && !name.equals("verbosity") && !value.isNull()) {
            losses.drop(name, "the Responses API has no such parameter.");
        }
    }

    private void unknownKnobs() {
        ChatRequest.Sampling knobs = request.sampling();
        Object[] all = {"top_k", knobs.topK(), "n", knobs.n() != null && knobs.n() > 1 ? knobs.n() : null, "stop", knobs.stop().isEmpty() ? null : knobs.stop(),
            "seed", knobs.seed(), "presence_penalty", knobs.presencePenalty(), "frequency_penalty", knobs.frequencyPenalty()};
        for (int i = 0; i < all.length; i += 2) {
            if (all[i + 1] != null) {
                losses.drop((String) all[i], "the Responses API has no such parameter.");
            }
        }
    }

    private void tools(Tools tools) {
        List<Tool> known = tools.offered().stream()
                .filter(tool -> tool.builtIn() == null || tool.builtIn().dialect().equals(ResponsesDialect.NAME)).toList();
        if (known.size() < tools.offered().size()) {
            losses.drop("tools", "the provider has no tool of this type.");
        }
        if (!known.isEmpty()) {
            json.name("tools").beginArray();
            known.forEach(this::tool);
            json.endArray();
        }
        if (tools.choice() != null) {
            choice(tools.choice(), known);
        }
        json.optionalLiteral("parallel_tool_calls", tools.parallel());
    }

    private void tool(Tool tool) {
        RawJson whole = tool.builtIn() != null ? tool.builtIn().value() : tool.extras().get(ToolReader.WHOLE);
        if (whole != null) {
            json.raw(whole);
            return;
        }
        json.beginObject().name("type").value("function").name("name").value(tool.name()).optional("description", tool.description())
                .optional("parameters", tool.parameters()).optionalLiteral("strict", tool.strict());
        Rest.write(json, tool.extras(), java.util.Set.of());
        json.endObject();
    }

    private void choice(ToolChoice choice, List<Tool> known) {
        if (choice instanceof ToolChoice.Mode mode) {
            json.name("tool_choice").value(switch (mode) {
                case AUTO -> "auto";
                case NONE -> "none";
                case REQUIRED -> "required";
            });
        } else if (choice instanceof ToolChoice.Named named) {
            boolean isCustom = known.stream().anyMatch(tool -> named.name().equals(tool.name()) && tool.extras().containsKey(ToolReader.WHOLE));
            json.name("tool_choice").beginObject().name("type").value(isCustom ? "custom" : "function").name("name").value(named.name()).endObject();
        } else if (choice instanceof ToolChoice.Opaque opaque && opaque.dialect().equals(ResponsesDialect.NAME)) {
            json.name("tool_choice").raw(opaque.value());
        } else {
            losses.drop("tool_choice", "the Responses API has no such choice.");
        }
    }

    private void text() {
        Map<String, RawJson> extras = request.extras();
        RawJson verbosity = isOwn ? null : extras.get("verbosity");
        boolean hasMore = verbosity != null || extras.keySet().stream().anyMatch(name -> name.startsWith(RequestReader.TEXT));
        if (request.responseFormat() == null && !hasMore) {
            return;
        }
        json.name("text").beginObject();
        if (request.responseFormat() != null && !extras.containsKey(RequestReader.TEXT + "format")) {
            format(request.responseFormat());
        }
        json.optional("verbosity", verbosity);
        Rest.writeNested(json, RequestReader.TEXT, extras);
        json.endObject();
    }

    private void format(ResponseFormat format) {
        json.name("format").beginObject().name("type");
        if (format instanceof ResponseFormat.JsonSchema schema) {
            json.value("json_schema").name("name").value(schema.name() == null ? "answer" : schema.name()).optional("description", schema.description())
                    .name("schema").raw(schema.schema()).optionalLiteral("strict", schema.strict());
        } else {
            json.value(format == ResponseFormat.Mode.TEXT ? "text" : "json_object");
        }
        json.endObject();
    }

    private void reasoning() {
        boolean hasMore = request.extras().keySet().stream().anyMatch(name -> name.startsWith(RequestReader.REASONING));
        if (request.reasoning().effort() == null && !hasMore) {
            return;
        }
        json.name("reasoning").beginObject().optional("effort", request.reasoning().effort());
        Rest.writeNested(json, RequestReader.REASONING, request.extras());
        json.endObject();
    }
}
