package org.sluice.gateway.dialect.anthropic;

import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.chat.ToolChoice;
import org.sluice.gateway.json.JsonWriter;

/**
 * How an answer in a given shape is asked for: natively where the model can, else by a tool of a reserved name whose
 * call the readers turn back into text; without a schema by an instruction.
 *
 * @param thinks whether thinking is on, which rules out forcing a tool
 */
record StructuredAnswer(Way way, RawJson schema, String description, boolean thinks) {
    enum Way { FREE, NATIVE, TOOL, INSTRUCTION }

    /** No caller's tool has this name; a call of it is the answer itself. */
    static final String TOOL_NAME = "gateway_structured_answer";

    static StructuredAnswer of(ChatRequest request, ClaudeModel model) {
        ResponseFormat format = request.responseFormat();
        boolean thinks = request.reasoning().raw() != null && !Boolean.FALSE.equals(request.reasoning().enabled());
        if (format instanceof ResponseFormat.JsonSchema schema) {
            return new StructuredAnswer(model.hasStructuredOutputs() ? Way.NATIVE : Way.TOOL, schema.schema(), schema.description(), thinks);
        }
        return new StructuredAnswer(format == ResponseFormat.Mode.JSON_OBJECT ? Way.INSTRUCTION : Way.FREE, null, null, thinks);
    }

    boolean isTool() {
        return way == Way.TOOL;
    }

    /** A sentence for the end of {@code system}, or null. */
    String instruction() {
        if (way == Way.INSTRUCTION) {
            return "Answer with one JSON object and nothing else: no prose and no code fence around it.";
        }
        return isTool() && thinks ? "Give the final answer by calling the tool " + TOOL_NAME + "." : null;
    }

    void writeTool(JsonWriter json) {
        json.beginObject().name("name").value(TOOL_NAME)
                .name("description").value(description == null ? "Gives the final answer in the shape asked for." : description)
                .name("input_schema").raw(schema).endObject();
    }

    /** The caller's own tools stay callable; a tool the caller names goes first. */
    ToolChoice choice(Tools tools) {
        if (thinks) {
            return ToolChoice.Mode.AUTO;
        }
        if (tools.choice() instanceof ToolChoice.Named) {
            return tools.choice();
        }
        return tools.offered().isEmpty() || tools.choice() == ToolChoice.Mode.NONE
                ? new ToolChoice.Named(TOOL_NAME) : ToolChoice.Mode.REQUIRED;
    }
}
