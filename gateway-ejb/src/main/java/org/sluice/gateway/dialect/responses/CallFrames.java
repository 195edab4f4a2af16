package org.sluice.gateway.dialect.responses;

import java.util.Set;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonWriter;

/** The frames of one call. The free text of a custom tool is told at the end, when the arguments that hold it are whole. */
final class CallFrames {
    final int index;
    private final JsonWriter json;
    private final EventWriter.Frames frames;
    private final ChatChunk.ToolCallStarted call;
    private final boolean isCustom;
    private final String id;
    private final String callId;
    private final StringBuilder arguments = new StringBuilder();

    CallFrames(JsonWriter json, EventWriter.Frames frames, Ids ids, Asked asked, int index, ChatChunk.ToolCallStarted call) {
        this.json = json;
        this.frames = frames;
        this.index = index;
        this.call = call;
        this.isCustom = "custom_tool_call".equals(Rest.text(call.extras(), InputReader.TYPE)) || asked.isCustom(call.name());
        String given = Rest.text(call.extras(), Rest.ITEM + "id");
        this.id = given == null ? ids.item(isCustom ? "ctc" : "fc", index) : given;
        this.callId = OutputWriter.callId(call.id(), call.extras(), ids, index);
        item("response.output_item.added", "in_progress", "");
    }

    void arguments(String fragment) {
        arguments.append(fragment);
        if (!isCustom && !fragment.isEmpty()) {
            begin("response.function_call_arguments.delta").name("delta").value(fragment);
            frames.end();
        }
    }

    /** Ends the call; the whole item. */
    RawJson close() {
        if (isCustom) {
            String input = OutputReader.customInput(arguments.toString());
            begin("response.custom_tool_call_input.delta").name("delta").value(input);
            frames.end();
            begin("response.custom_tool_call_input.done").name("input").value(input);
            frames.end();
            return item("response.output_item.done", "completed", input);
        }
        if (arguments.isEmpty()) {
            arguments("{}"); // clients read the arguments as JSON
        }
        begin("response.function_call_arguments.done").name("name").value(call.name()).name("arguments").value(arguments.toString());
        frames.end();
        return item("response.output_item.done", "completed", arguments.toString());
    }

    private JsonWriter begin(String type) {
        return frames.begin(type).name("item_id").value(id).name("output_index").value(index);
    }

    private RawJson item(String type, String status, String text) {
        JsonWriter item = new JsonWriter().beginObject().name("id").value(id).name("type").value(isCustom ? "custom_tool_call" : "function_call")
                .name("status").value(status).name("call_id").value(callId).name("name").value(call.name()).name(isCustom ? "input" : "arguments").value(text);
        Rest.write(item, call.extras(), Set.of("id", "type"));
        RawJson whole = new RawJson(item.endObject().toText());
        frames.begin(type).name("output_index").value(index).name("item").raw(whole);
        frames.end();
        return whole;
    }
}
