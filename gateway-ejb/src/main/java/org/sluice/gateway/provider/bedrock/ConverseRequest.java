package org.sluice.gateway.provider.bedrock;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.anthropic.ThinkingKnobs;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Writes a request; the rules stand in the package's description. One per request. */
final class ConverseRequest {
    private static final String MODEL_FIELDS = "additionalModelRequestFields";
    private static final Set<String> OWN = Set.of("guardrailConfig", "additionalModelResponseFieldPaths", "requestMetadata",
            "performanceConfig", "promptVariables", "serviceTier");
    /** Said by other members, or without effect on the answer. */
    private static final Set<String> SILENT = Set.of(MODEL_FIELDS, "stream_options", "modalities", "reasoning_effort", "response_format",
            "n", "functions", "function_call", "service_tier", "anthropic_version", "anthropic_beta", "logprobs", "top_logprobs");

    private final ChatRequest request;
    private final Losses losses;
    private final BedrockModel model;
    private final Turns turns;
    private final ClaudePlan claude;
    private final AnswerForm answer;
    private final ContentWriter content;
    private final Sampling sampling;

    ConverseRequest(ChatRequest request, Losses losses, Dialect claudeDialect) {
        this.request = request;
        this.losses = losses;
        this.model = BedrockModel.of(request.model());
        this.turns = Turns.of(request.messages());
        this.claude = model.isClaude() ? ClaudePlan.of(request, claudeDialect) : new ClaudePlan(null, null, null, null);
        this.answer = AnswerForm.of(request, model, claude.schema(), claude.thinks(), losses);
        this.content = new ContentWriter(model, losses);
        this.sampling = claude.thinks() && request.reasoning().raw() == null ? ThinkingKnobs.fitted(request.sampling(), losses) : request.sampling();
        refuseWhatChangesTheAnswer();
    }

    private void refuseWhatChangesTheAnswer() {
        if (request.sampling().n() != null && request.sampling().n() > 1) {
            throw GatewayException.invalid("n", "Bedrock gives one answer to a request; 'n' cannot be more than 1.");
        }
        if ("true".equals(text("logprobs")) || text("top_logprobs") != null && !Set.of("0", "null").contains(text("top_logprobs"))) {
            throw GatewayException.invalid("logprobs", "Bedrock gives no log probabilities.");
        }
        if (text("modalities") != null && text("modalities").contains("\"audio\"")) {
            throw GatewayException.invalid("modalities", "Bedrock answers in text only.");
        }
    }

    byte[] write() {
        JsonWriter json = new JsonWriter(4096).beginObject();
        system(json);
        json.name("messages").beginArray();
        for (Turn turn : turns.turns()) {
            json.beginObject().name("role").value(turn.role).name("content");
            content.write(json, turn.ordered());
            json.endObject();
        }
        json.endArray();
        inference(json, sampling);
        new ToolsWriter(model, answer, content, losses).write(json, request.tools(), turns);
        answer.write(json);
        modelFields(json);
        rest(json);
        return json.endObject().toBytes();
    }

    private String text(String extra) {
        return request.extras().get(extra) == null ? null : request.extras().get(extra).text();
    }

    private JsonValue present(String extra) {
        RawJson given = request.extras().get(extra);
        return given == null || given.isNull() ? null : JsonReader.read(given.text().getBytes(StandardCharsets.UTF_8));
    }

    private void system(JsonWriter json) {
        List<Turn.Piece> pieces = turns.system().pieces();
        String instruction = answer.instruction();
        if (pieces.isEmpty() && instruction == null) {
            return;
        }
        if (instruction != null) {
            turns.system().add(List.of(new Part.Text(instruction)), "response_format", Map.of());
        }
        content.write(json.name("system"), pieces);
    }

    private void inference(JsonWriter json, Sampling sampling) {
        Long maxTokens = sampling.maxTokens() != null ? sampling.maxTokens() : claude.maxTokens();
        if (maxTokens == null && sampling.temperature() == null && sampling.topP() == null && sampling.stop().isEmpty()) {
            return;
        }
        json.name("inferenceConfig").beginObject().optionalLiteral("maxTokens", maxTokens);
        boolean isTooHot = model.isClaude() && sampling.temperature() != null && new BigDecimal(sampling.temperature()).compareTo(BigDecimal.ONE) > 0;
        if (isTooHot) {
            losses.change("temperature", "Claude's highest is 1.");
        }
        json.optionalLiteral("temperature", isTooHot ? "1" : sampling.temperature()).optionalLiteral("topP", sampling.topP());
        if (!sampling.stop().isEmpty()) {
            json.name("stopSequences").beginArray();
            sampling.stop().forEach(json::value);
            json.endArray();
        }
        json.endObject();
    }

    /** What the model's family takes beyond Converse; the caller's own members win. */
    private void modelFields(JsonWriter json) {
        Map<String, RawJson> fields = new LinkedHashMap<>();
        topK(fields);
        if (model.isClaude()) {
            put(fields, "thinking", claude.thinking());
            put(fields, "output_config", claude.effort());
            put(fields, "anthropic_beta", request.extras().get("anthropic_beta"));
            parallel(fields);
        } else {
            effort(fields);
            if (Boolean.FALSE.equals(request.tools().parallel())) {
                losses.drop("parallel_tool_calls", "this model cannot be kept from calling several tools at once.");
            }
        }
        if (present(MODEL_FIELDS) instanceof JsonObject given) {
            given.members().forEach((name, value) -> fields.put(name, value.raw()));
        }
        if (!fields.isEmpty()) {
            json.name(MODEL_FIELDS).beginObject().members(fields).endObject();
        }
    }

    private static void put(Map<String, RawJson> fields, String name, RawJson value) {
        if (value != null && !value.isNull()) {
            fields.put(name, value);
        }
    }

    private void topK(Map<String, RawJson> fields) {
        String topK = sampling.topK();
        if (topK == null) {
            return;
        }
        if (model.isNova()) {
            fields.put("inferenceConfig", new RawJson("{\"topK\":" + topK + "}"));
        } else if (model.topK() == null) {
            losses.drop("top_k", "this model has no such parameter.");
        } else {
            fields.put(model.topK(), new RawJson(topK));
        }
    }

    private void parallel(Map<String, RawJson> fields) {
        ToolChoice choice = answer.isTool() ? answer.choice(request.tools()) : request.tools().choice();
        if (!Boolean.FALSE.equals(request.tools().parallel()) || request.tools().offered().isEmpty() || choice == ToolChoice.Mode.NONE) {
            return;
        }
        JsonWriter json = new JsonWriter().beginObject().name("type");
        if (choice instanceof ToolChoice.Named named) {
            json.value("tool").name("name").value(named.name());
        } else {
            json.value(choice == ToolChoice.Mode.REQUIRED ? "any" : "auto");
        }
        fields.put("tool_choice", new RawJson(json.name("disable_parallel_tool_use").value(true).endObject().toText()));
    }

    private void effort(Map<String, RawJson> fields) {
        ChatRequest.Reasoning reasoning = request.reasoning();
        Long budget = reasoning.budgetTokens();
        String wanted = reasoning.effort() != null ? reasoning.effort()
                : Boolean.FALSE.equals(reasoning.enabled()) ? "none"
                : budget != null ? budget == 0 ? "none" : budget <= 2048 ? "low" : budget <= 8192 ? "medium" : "high"
                : Boolean.TRUE.equals(reasoning.enabled()) ? "medium" : null;
        if (wanted == null) {
            return;
        }
        String level = switch (wanted) {
            case "none" -> null;
            case "minimal", "low" -> "low";
            case "medium" -> "medium";
            default -> "high";
        };
        switch (model.family()) {
            case NOVA_2 -> fields.put("reasoningConfig", new RawJson(level == null ? "{\"type\":\"disabled\"}"
                    : "{\"type\":\"enabled\",\"maxReasoningEffort\":\"" + level + "\"}"));
            case OPENAI -> fields.put("reasoning_effort", new RawJson("\"" + (level == null ? "low" : level) + "\""));
            case QWEN -> put(fields, "reasoning_config", level == null ? null : new RawJson("\"" + level + "\""));
            default -> {
                if (level != null) {
                    losses.drop("reasoning_effort", "this model cannot be told how hard to think.");
                }
            }
        }
    }

    private void rest(JsonWriter json) {
        Sampling sampling = request.sampling();
        dropped("seed", sampling.seed());
        dropped("presence_penalty", "0".equals(sampling.presencePenalty()) ? null : sampling.presencePenalty());
        dropped("frequency_penalty", "0".equals(sampling.frequencyPenalty()) ? null : sampling.frequencyPenalty());
        dropped("user", request.user());
        JsonValue tier = present("service_tier");
        if (tier != null && Set.of("priority", "flex").contains(String.valueOf(tier.asText())) && present("serviceTier") == null) {
            json.name("serviceTier").beginObject().name("type").value(tier.asText()).endObject();
        }
        request.extras().forEach((name, value) -> {
            if (OWN.contains(name) && !value.isNull()) {
                json.name(name).raw(value);
            } else if (!SILENT.contains(name) && !value.isNull()) {
                losses.drop(name, "Bedrock has no such parameter.");
            }
        });
    }

    private void dropped(String name, String value) {
        if (value != null) {
            losses.drop(name, "Bedrock has no such parameter.");
        }
    }
}
