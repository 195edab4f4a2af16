package org.sluice.gateway.dialect.openai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.json.JsonWriter;

/** Writes a canonical request. Streams always ask for usage: the gateway counts by it. */
final class RequestWriter {
    private static final long LOW_BUDGET = 2_048;
    private static final long MEDIUM_BUDGET = 8_192;
    private static final int MOST_STOPS = 4;
    /** OpenAI asks for a name, other dialects have none. */
    private static final String UNNAMED = "response";
    private static final List<String> NESTED = List.of("metadata.", "output_config.");
    private final JsonWriter json = new JsonWriter(1024);
    private final ChatRequest request;
    private final Crossing crossing;
    private final ModelFamily family;

    private RequestWriter(ChatRequest request, Losses losses) {
        this.request = request;
        this.crossing = new Crossing(request, losses);
        this.family = crossing.family;
    }

    static byte[] write(ChatRequest request, Losses losses) {
        return new RequestWriter(request, losses).bytes();
    }

    private byte[] bytes() {
        json.beginObject();
        if (!request.model().isEmpty()) {
            json.name("model").value(request.model());
        }
        json.name("messages").beginArray();
        MessageWriter messages = new MessageWriter(json, crossing);
        request.messages().forEach(messages::write);
        messages.end();
        json.endArray();
        tools(request.tools());
        sampling(request.sampling());
        reasoning(crossing.reasoning(request.reasoning(), request.model()), family == ModelFamily.OPENAI);
        if (request.responseFormat() != null && !request.extras().containsKey(RequestReader.RESPONSE_FORMAT)) {
            json.name(RequestReader.RESPONSE_FORMAT);
            responseFormat(request.responseFormat());
        }
        if (request.stream()) {
            json.name("stream").value(true).name("stream_options").beginObject().name("include_usage").value(true);
            Rest.writeNested(json, RequestReader.STREAM_OPTIONS, request.extras());
            json.endObject();
        }
        json.optional("user", crossing.user(request.user()));
        extras(crossing.parameters());
        return json.endObject().toBytes();
    }

    /** Members of the objects that another dialect's reader took apart go back into them. */
    private void extras(Map<String, RawJson> extras) {
        Map<String, RawJson> flat = new LinkedHashMap<>(extras);
        flat.keySet().removeIf(name -> name.startsWith(RequestReader.STREAM_OPTIONS) || NESTED.stream().anyMatch(name::startsWith));
        for (String prefix : NESTED) {
            String object = prefix.substring(0, prefix.length() - 1);
            if (!flat.containsKey(object) && extras.keySet().stream().anyMatch(name -> name.startsWith(prefix))) {
                json.name(object).beginObject();
                Rest.writeNested(json, prefix, extras);
                json.endObject();
            }
        }
        json.members(flat);
    }

    /** Tools that only another dialect knows are left out; with none left there is no choice either. */
    private void tools(Tools tools) {
        List<Tool> known = new ArrayList<>();
        for (int i = 0; i < tools.offered().size(); i++) {
            Tool tool = tools.offered().get(i);
            if (tool.builtIn() == null || family.takes(tool.builtIn().dialect())) {
                known.add(tool);
            } else {
                crossing.drop("tools[" + i + "]", "OpenAI's chat completions have no tool of type " + tool.builtIn().type() + ".");
            }
        }
        if (known.isEmpty() && !tools.offered().isEmpty()) {
            return;
        }
        if (!known.isEmpty()) {
            json.name("tools").beginArray();
            known.forEach(this::tool);
            json.endArray();
        }
        if (tools.choice() != null) {
            choice(tools.choice());
        }
        json.optionalLiteral("parallel_tool_calls", tools.parallel());
    }

    private void tool(Tool tool) {
        if (tool.builtIn() != null) {
            json.raw(tool.builtIn().value());
            return;
        }
        json.beginObject().name("type").value("function").name("function").beginObject().name("name").value(tool.name())
                .optional("description", tool.description()).optional("parameters", tool.parameters())
                .optionalLiteral("strict", tool.strict());
        Map<String, RawJson> extras = crossing.tool(tool.extras());
        Rest.writeNested(json, ToolReader.NESTED, extras);
        json.endObject();
        Rest.writeOutside(json, ToolReader.NESTED, extras);
        json.endObject();
    }

    private void choice(ToolChoice choice) {
        if (choice instanceof ToolChoice.Mode mode) {
            json.name("tool_choice").value(switch (mode) {
                case AUTO -> "auto";
                case NONE -> "none";
                case REQUIRED -> "required";
            });
        } else if (choice instanceof ToolChoice.Named named) {
            json.name("tool_choice").beginObject().name("type").value("function")
                    .name("function").beginObject().name("name").value(named.name()).endObject().endObject();
        } else if (choice instanceof ToolChoice.Opaque opaque && family.takes(opaque.dialect())) {
            json.name("tool_choice").raw(opaque.value());
        } else {
            crossing.drop("tool_choice", "OpenAI's chat completions have no such choice of tools.");
        }
    }

    private void sampling(Sampling knobs) {
        json.optionalLiteral("temperature", knobs.temperature()).optionalLiteral("top_p", knobs.topP())
                .optionalLiteral("top_k", topK(knobs))
                .optionalLiteral(OpenAiModels.isReasoning(request.model()) ? "max_completion_tokens" : "max_tokens", knobs.maxTokens())
                .optionalLiteral("n", knobs.n()).optionalLiteral("seed", knobs.seed())
                .optionalLiteral("presence_penalty", knobs.presencePenalty())
                .optionalLiteral("frequency_penalty", knobs.frequencyPenalty());
        if (!knobs.stop().isEmpty()) {
            strings("stop", stop(knobs.stop()));
        }
    }

    private String topK(Sampling knobs) {
        if (crossing.isOwn || family != ModelFamily.OPENAI || knobs.topK() == null) {
            return knobs.topK();
        }
        crossing.drop("top_k", "OpenAI's models have no top_k.");
        return null;
    }

    private List<String> stop(List<String> asked) {
        if (crossing.isOwn || family != ModelFamily.OPENAI || asked.size() <= MOST_STOPS) {
            return asked;
        }
        crossing.change("stop_sequences", "the first four were sent, OpenAI takes no more.");
        return asked.subList(0, MOST_STOPS);
    }

    private void strings(String name, List<String> values) {
        json.name(name).beginArray();
        values.forEach(json::value);
        json.endArray();
    }

    /** OpenAI's own models know an effort only; a budget of thought is told as one. */
    private void reasoning(Reasoning reasoning, boolean isOpenAi) {
        String effort = reasoning.effort();
        if (effort == null && isOpenAi && reasoning.budgetTokens() != null && OpenAiModels.isReasoning(request.model())) {
            effort = reasoning.budgetTokens() <= LOW_BUDGET ? "low" : reasoning.budgetTokens() <= MEDIUM_BUDGET ? "medium" : "high";
        }
        json.optional("reasoning_effort", effort);
        if (!isOpenAi) {
            json.optional("thinking", reasoning.raw() != null ? reasoning.raw() : thinking(reasoning));
        }
    }

    private static RawJson thinking(Reasoning reasoning) {
        if (reasoning.enabled() == null && reasoning.budgetTokens() == null) {
            return null;
        }
        boolean isOn = !Boolean.FALSE.equals(reasoning.enabled());
        JsonWriter object = new JsonWriter(64).beginObject().name("type").value(isOn ? "enabled" : "disabled");
        return new RawJson(object.optionalLiteral("budget_tokens", isOn ? reasoning.budgetTokens() : null).endObject().toText());
    }

    private void responseFormat(ResponseFormat format) {
        if (format instanceof ResponseFormat.JsonSchema schema) {
            json.beginObject().name("type").value("json_schema").name("json_schema").beginObject()
                    .optional("name", schema.name() == null && !crossing.isOwn ? UNNAMED : schema.name()).optional("description", schema.description())
                    .name("schema").raw(schema.schema()).optionalLiteral("strict", schema.strict()).endObject().endObject();
        } else {
            json.beginObject().name("type").value(format == ResponseFormat.Mode.TEXT ? "text" : "json_object").endObject();
        }
    }
}
