package org.sluice.gateway.provider.bedrock;

import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.json.JsonWriter;

/**
 * How an answer in a given shape is asked for; the rules stand in the package's description.
 *
 * @param name the schema's name, or null
 * @param thinks whether thinking is on, which rules out forcing a tool
 */
record AnswerForm(Way way, String name, String description, RawJson schema, boolean thinks) {
    enum Way { FREE, NATIVE, TOOL, INSTRUCTION }

    /** No caller's tool has this name; a call of it is the answer itself. */
    static final String TOOL_NAME = "gateway_structured_answer";
    private static final RawJson ANY_OBJECT = new RawJson("{\"type\":\"object\"}");

    /** @param fitted the schema as Claude's structured outputs take it, or null when it has none */
    static AnswerForm of(ChatRequest request, BedrockModel model, RawJson fitted, boolean thinks, Losses losses) {
        if (request.responseFormat() == ResponseFormat.Mode.JSON_OBJECT) {
            return new AnswerForm(Way.INSTRUCTION, null, null, null, thinks);
        }
        if (!(request.responseFormat() instanceof ResponseFormat.JsonSchema asked)) {
            return new AnswerForm(Way.FREE, null, null, null, thinks);
        }
        RawJson schema = fitted != null ? fitted : asked.schema() == null ? ANY_OBJECT : asked.schema();
        Way way = fitted != null || model.hasStructuredOutputs() ? Way.NATIVE : model.answersByTool() ? Way.TOOL : Way.INSTRUCTION;
        if (way == Way.INSTRUCTION) {
            losses.change("response_format", "this model has no structured outputs; the schema is an instruction to it.");
        }
        return new AnswerForm(way, asked.name(), asked.description(), schema, thinks);
    }

    boolean isTool() {
        return way == Way.TOOL;
    }

    /** A sentence for the end of {@code system}, or null. */
    String instruction() {
        if (way == Way.INSTRUCTION) {
            return "Answer with one JSON object and nothing else: no prose and no code fence around it."
                    + (schema == null ? "" : " It must match this JSON schema: " + schema.text());
        }
        return isTool() && thinks ? "Give the final answer by calling the tool " + TOOL_NAME + "." : null;
    }

    /** The caller's own tools stay callable; a tool the caller names goes first. */
    ToolChoice choice(Tools tools) {
        if (thinks) {
            return ToolChoice.Mode.AUTO;
        }
        if (tools.choice() instanceof ToolChoice.Named) {
            return tools.choice();
        }
        return tools.offered().isEmpty() || tools.choice() == ToolChoice.Mode.NONE ? new ToolChoice.Named(TOOL_NAME) : ToolChoice.Mode.REQUIRED;
    }

    /** {@code outputConfig}, where the model has it. The schema is a string there. */
    void write(JsonWriter json) {
        if (way == Way.NATIVE) {
            json.name("outputConfig").beginObject().name("textFormat").beginObject().name("type").value("json_schema")
                    .name("structure").beginObject().name("jsonSchema").beginObject().name("schema").value(schema.text())
                    .optional("name", name).optional("description", description)
                    .endObject().endObject().endObject().endObject();
        }
    }
}
