package org.sluice.gateway.dialect.responses;

import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.usage.Usage;

/** Writes a whole answer, from the first choice. */
final class ResponseWriter {
    private ResponseWriter() { }

    /** What the answer says about itself from its beginning. */
    record Head(Ids ids, long created, String model) { }

    /** @param nowSeconds stands in where the provider did not say when it answered */
    static byte[] write(ChatResponse response, Asked asked, long nowSeconds) {
        Head head = new Head(new Ids(response.id()), response.created() > 0 ? response.created() : nowSeconds, response.responseModel());
        JsonWriter items = new JsonWriter(1024);
        FinishReason reason = null;
        if (!response.choices().isEmpty()) {
            ChatResponse.Choice choice = response.choices().get(0);
            reason = choice.finishReason();
            OutputWriter.forClient(items, head.ids, asked).write(said(choice, response.extras()));
        }
        JsonWriter json = new JsonWriter(1024 + items.size());
        write(json, head, status(reason), reason, new RawJson("[" + items.toText() + "]"), response.usage(), response.extras(), asked);
        return json.toBytes();
    }

    /** The parts, with what chat says beside the message on the text that it is about. */
    private static List<Part> said(ChatResponse.Choice choice, Map<String, RawJson> answer) {
        RawJson logprobs = choice.extras().get("logprobs");
        List<Part> parts = Annotations.cited(choice, answer);
        for (int i = parts.size() - 1; i >= 0 && logprobs != null; i--) {
            if (parts.get(i) instanceof Part.Text text) {
                Map<String, RawJson> attached = new java.util.LinkedHashMap<>();
                if (Json.valueOrNull(logprobs.text()) instanceof JsonObject object && object.present("content") != null) {
                    attached.put(ContentReader.LOGPROBS, object.get("content").raw());
                }
                parts.set(i, ContentReader.with(text, attached));
                break;
            }
        }
        return parts;
    }

    static String status(FinishReason reason) {
        return reason == FinishReason.LENGTH || reason == FinishReason.CONTENT_FILTER || reason == FinishReason.REFUSAL ? "incomplete" : "completed";
    }

    /** @param output the items, a JSON array */
    static void write(JsonWriter json, Head head, String status, FinishReason reason, RawJson output, Usage usage,
            Map<String, RawJson> extras, Asked asked) {
        json.beginObject().name("id").value(head.ids.answer()).name("object").value("response").name("created_at").value(head.created)
                .name("status").value(status).name("error").value(null).name("incomplete_details");
        if (status.equals("incomplete")) {
            json.beginObject().name("reason").value(reason == FinishReason.LENGTH ? "max_output_tokens" : "content_filter").endObject();
        } else {
            json.value(null);
        }
        json.name("model").value(head.model).name("output").raw(output);
        asked.write(json, extras);
        UsageCount.write(json, usage, extras);
        json.endObject();
    }
}
