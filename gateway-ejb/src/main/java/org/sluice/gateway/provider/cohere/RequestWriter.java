package org.sluice.gateway.provider.cohere;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.chat.Tool;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.json.JsonWriter;

/** Writes one request. */
final class RequestWriter {
    private static final Set<String> PASSING = Set.of("documents", "citation_options", "safety_mode", "strict_tools", "priority", "logprobs");
    /** Said elsewhere in the request, or without meaning where nothing is kept. */
    private static final Set<String> NEEDLESS = Set.of("stream_options", "response_format", "reasoning_effort", "thinking", "store", "service_tier",
            "metadata", "prompt_cache_key", "prompt_cache_retention", "safety_identifier", "modalities");
    private static final RawJson NO_PARAMETERS = new RawJson("{\"type\":\"object\",\"properties\":{}}");
    private static final BigDecimal MOST_TOP_P = new BigDecimal("0.99");
    private static final BigDecimal LEAST_TOP_P = new BigDecimal("0.01");
    private static final String NO_COUNTERPART = "Cohere has no counterpart.";

    private final ChatRequest request;
    private final Losses losses;
    private final JsonWriter json = new JsonWriter(2048);

    RequestWriter(ChatRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
    }

    byte[] write() {
        json.beginObject().name("model").value(request.model()).name("messages").beginArray();
        MessageWriter messages = new MessageWriter(json, losses);
        request.messages().forEach(messages::write);
        json.endArray();
        tools();
        sampling(request.sampling());
        thinking(request.reasoning());
        format(request.responseFormat());
        extras();
        return json.name("stream").value(request.stream()).endObject().toBytes();
    }

    private void tools() {
        ToolChoice choice = request.tools().choice();
        String only = choice instanceof ToolChoice.Named named ? named.name() : null;
        List<Tool> known = request.tools().offered().stream().filter(tool -> tool.builtIn() == null && (only == null || tool.name().equals(only))).toList();
        request.tools().offered().stream().filter(tool -> tool.builtIn() != null)
                .forEach(tool -> losses.drop("tools", "Cohere has no tool " + tool.builtIn().type() + "."));
        if (known.isEmpty()) {
            return;
        }
        json.name("tools").beginArray();
        for (Tool tool : known) {
            json.beginObject().name("type").value("function").name("function").beginObject().name("name").value(tool.name())
                    .optional("description", tool.description()).name("parameters").raw(tool.parameters() == null ? NO_PARAMETERS : tool.parameters())
                    .endObject().endObject();
        }
        json.endArray();
        if (!request.extras().containsKey("strict_tools") && known.stream().allMatch(tool -> Boolean.TRUE.equals(tool.strict()))) {
            json.name("strict_tools").value(true);
        }
        if (only != null || choice == ToolChoice.Mode.REQUIRED) {
            json.name("tool_choice").value("REQUIRED");
        } else if (choice == ToolChoice.Mode.NONE) {
            json.name("tool_choice").value("NONE");
        } else if (choice instanceof ToolChoice.Opaque) {
            losses.drop("tool_choice", NO_COUNTERPART);
        }
        if (Boolean.FALSE.equals(request.tools().parallel())) {
            losses.drop("parallel_tool_calls", "Cohere's models decide.");
        }
    }

    /** Cohere's {@code p} ends just before 1 and begins just after 0; nobody hears the difference. */
    private static String topP(String asked) {
        if (asked == null) {
            return null;
        }
        BigDecimal wanted = new BigDecimal(asked);
        return wanted.compareTo(MOST_TOP_P) > 0 ? MOST_TOP_P.toString() : wanted.compareTo(LEAST_TOP_P) < 0 ? LEAST_TOP_P.toString() : asked;
    }

    private void sampling(Sampling knobs) {
        json.optionalLiteral("temperature", knobs.temperature()).optionalLiteral("p", topP(knobs.topP())).optionalLiteral("k", knobs.topK())
                .optionalLiteral("max_tokens", knobs.maxTokens()).optionalLiteral("seed", knobs.seed());
        penalty("presence_penalty", knobs.presencePenalty());
        penalty("frequency_penalty", knobs.frequencyPenalty());
        if (!knobs.stop().isEmpty()) {
            json.name("stop_sequences").beginArray();
            knobs.stop().forEach(json::value);
            json.endArray();
        }
        if (knobs.n() != null && knobs.n() > 1) {
            losses.drop("n", "Cohere gives one answer to a request.");
        }
        if (request.user() != null) {
            losses.drop("user", NO_COUNTERPART);
        }
    }

    private void penalty(String name, String value) {
        if (value == null) {
            return;
        }
        BigDecimal asked = new BigDecimal(value);
        BigDecimal taken = asked.max(BigDecimal.ZERO).min(BigDecimal.ONE);
        if (taken.compareTo(asked) != 0) {
            losses.change(name, "Cohere takes 0 to 1.");
        }
        json.name(name).literal(taken.compareTo(asked) == 0 ? value : taken.toPlainString());
    }

    private void thinking(Reasoning reasoning) {
        String effort = reasoning.effort();
        if (effort == null && reasoning.enabled() == null && reasoning.budgetTokens() == null) {
            return;
        }
        boolean isOff = Boolean.FALSE.equals(reasoning.enabled()) || "none".equals(effort);
        json.name("thinking").beginObject().name("type").value(isOff ? "disabled" : "enabled")
                .optionalLiteral("token_budget", isOff ? null : reasoning.budgetTokens()).endObject();
    }

    private void format(ResponseFormat format) {
        if (format == null || format == ResponseFormat.Mode.TEXT) {
            return;
        }
        json.name("response_format").beginObject().name("type").value("json_object");
        if (format instanceof ResponseFormat.JsonSchema schema) {
            json.optional("json_schema", schema.schema());
        }
        json.endObject();
    }

    private void extras() {
        for (Map.Entry<String, RawJson> extra : request.extras().entrySet()) {
            String name = extra.getKey();
            boolean isNested = name.indexOf('.') >= 0;
            if (PASSING.contains(name)) {
                json.name(name).raw(extra.getValue());
            } else if (!isNested && !NEEDLESS.contains(name) && !extra.getValue().isNull()) {
                losses.drop(name, NO_COUNTERPART);
            }
        }
    }
}
