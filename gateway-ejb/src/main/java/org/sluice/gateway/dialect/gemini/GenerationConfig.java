package org.sluice.gateway.dialect.gemini;

import java.util.Locale;
import java.util.Map;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.chat.ResponseFormat;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonWriter;

/** Writes {@code generationConfig}: nothing when nothing is said. */
final class GenerationConfig {
    private static final int MOST_STOPS = 5;
    private final ChatRequest request;
    private final GeminiModel model;
    private final boolean isOwn;
    private final JsonWriter json = new JsonWriter(256).beginObject();

    GenerationConfig(ChatRequest request, GeminiModel model) {
        this.request = request;
        this.model = model;
        this.isOwn = request.dialect().equals(GeminiDialect.NAME);
    }

    /** @param isSchemaTold false when the shape of the answer is asked for in words */
    void write(JsonWriter out, boolean isSchemaTold, Losses losses) {
        int empty = json.size();
        sampling(request.sampling(), losses);
        if (isSchemaTold) {
            format(request.responseFormat());
        }
        if (isOwn) {
            request.extras().forEach((name, value) -> {
                if (name.startsWith(RequestReader.CONFIG) && !Fields.camel(name).equals(RequestReader.THINKING)) {
                    json.name(name.substring(RequestReader.CONFIG.length())).raw(value);
                }
            });
        } else {
            foreign(request.extras());
        }
        json.optional("thinkingConfig", ThinkingPlan.of(request, model, losses));
        if (json.size() > empty) {
            out.name("generationConfig").raw(json.endObject().toSlice());
        }
    }

    private void sampling(Sampling knobs, Losses losses) {
        json.optionalLiteral("temperature", knobs.temperature()).optionalLiteral("topP", knobs.topP()).optionalLiteral("topK", knobs.topK())
                .optionalLiteral("maxOutputTokens", knobs.maxTokens()).optionalLiteral("candidateCount", knobs.n())
                .optionalLiteral("seed", knobs.seed()).optionalLiteral("presencePenalty", knobs.presencePenalty())
                .optionalLiteral("frequencyPenalty", knobs.frequencyPenalty());
        if (!knobs.stop().isEmpty()) {
            boolean isTooMany = !isOwn && knobs.stop().size() > MOST_STOPS;
            if (isTooMany) {
                losses.change("stop", "the first five were sent, Gemini takes no more.");
            }
            json.name("stopSequences").beginArray();
            (isTooMany ? knobs.stop().subList(0, MOST_STOPS) : knobs.stop()).forEach(json::value);
            json.endArray();
        }
    }

    private void format(ResponseFormat format) {
        if (format == null || format == ResponseFormat.Mode.TEXT && !isOwn) {
            return;
        }
        json.name("responseMimeType").value(format == ResponseFormat.Mode.TEXT ? "text/plain" : "application/json");
        if (format instanceof ResponseFormat.JsonSchema schema) {
            if (model.takesJsonSchema()) {
                json.name("responseJsonSchema").raw(schema.schema());
            } else {
                json.name("responseSchema").raw(SchemaFit.of(schema.schema(), "response_format.json_schema.schema"));
            }
        }
    }

    /** OpenAI's parameters that Gemini has under another name. */
    private void foreign(Map<String, RawJson> extras) {
        RawJson logprobs = extras.get("logprobs");
        if (logprobs != null && logprobs.text().equals("true")) {
            json.name("responseLogprobs").value(true);
            json.optional("logprobs", extras.get("top_logprobs"));
        }
        RawJson modalities = extras.get("modalities");
        if (modalities != null && ProviderJson.value(modalities) instanceof JsonValue.JsonArray array && modalities.text().contains("\"")
                && !modalities.text().replaceAll("\\s", "").equals("[\"text\"]")) {
            json.name("responseModalities").beginArray();
            array.items().forEach(item -> json.value(item.asText() == null ? null : item.asText().toUpperCase(Locale.ROOT)));
            json.endArray();
        }
    }
}
