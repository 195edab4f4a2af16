package org.sluice.gateway.dialect.gemini;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.sluice.gateway.chat.ChatResponse;
import org.sluice.gateway.chat.FinishReason;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.citation.Citation;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Writes a whole answer. */
final class ResponseWriter {
    private static final Set<String> CANDIDATE = Set.of("safetyRatings", "citationMetadata", "groundingMetadata", "groundingAttributions",
            "urlContextMetadata", "avgLogprobs", Logprobs.OWN, "finishMessage", "tokenCount");
    private static final Set<String> ANSWER = Set.of(ResponseReader.FEEDBACK, "createTime", "modelStatus");

    private ResponseWriter() { }

    static byte[] write(ChatResponse response) {
        JsonWriter json = new JsonWriter(1024).beginObject();
        if (!isBlocked(response)) {
            json.name("candidates").beginArray();
            response.choices().forEach(choice -> candidate(json, choice, response.extras()));
            json.endArray();
        }
        UsageCount.write(json, response.usage(), response.extras());
        tail(json, response.id(), response.responseModel(), response.extras());
        return json.endObject().toBytes();
    }

    private static boolean isBlocked(ChatResponse response) {
        return isBlocked(response.extras()) && response.choices().stream().allMatch(choice -> choice.message().parts().isEmpty()
                && choice.finishReason() == FinishReason.CONTENT_FILTER && !choice.extras().containsKey(FinishReasons.EXACT));
    }

    /** Whether the provider refused the prompt itself. */
    static boolean isBlocked(Map<String, RawJson> answer) {
        RawJson feedback = answer.get(ResponseReader.FEEDBACK);
        return feedback != null && ProviderJson.value(feedback) instanceof JsonObject object
                && (Fields.get(object, "blockReason") != null || Fields.get(object, "blockReasonMessage") != null);
    }

    private static void candidate(JsonWriter json, ChatResponse.Choice choice, Map<String, RawJson> answer) {
        Message message = choice.message();
        json.beginObject().name("content").beginObject().name("parts").beginArray();
        AnswerParts.write(json, message.parts());
        if (message.parts().stream().noneMatch(Part.Image.class::isInstance)) {
            Images.write(json, message.extras().get(Images.EXTRA));
        }
        json.endArray().name("role").value("model").endObject()
                .optional("finishReason", FinishReasons.write(choice.finishReason(), choice.extras())).name("index").value(choice.index());
        said(json, choice.extras(), org.sluice.gateway.citation.Citations.of(choice, answer), ResponseReader.text(message.parts()));
        json.endObject();
    }

    /** Ratings, sources and the like; what other dialects say about sources and probabilities in our words. */
    static void said(JsonWriter json, Map<String, RawJson> extras, List<Citation> citations, String text) {
        Rest.writeOwn(json, CANDIDATE, extras);
        boolean hasSources = extras.keySet().stream().map(Fields::camel).anyMatch(Set.of("citationMetadata", "groundingMetadata")::contains);
        Citations.write(json, hasSources ? List.of() : citations, text);
        json.optional(Logprobs.OWN, extras.keySet().stream().map(Fields::camel).anyMatch(Logprobs.OWN::equals) ? null : Logprobs.write(extras.get(Logprobs.COMMON)));
    }

    static void tail(JsonWriter json, String id, String model, Map<String, RawJson> extras) {
        Rest.writeOwn(json, ANSWER, extras);
        json.name("modelVersion").value(model == null ? "" : model).name("responseId").value(id == null || id.isEmpty() ? newId() : id);
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 22);
    }
}
