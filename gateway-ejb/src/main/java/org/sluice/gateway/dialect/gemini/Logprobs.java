package org.sluice.gateway.dialect.gemini;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** {@code logprobsResult} and {@code logprobs}, the form in which the gateway's vocabulary carries it. */
final class Logprobs {
    static final String OWN = "logprobsResult";
    static final String COMMON = "logprobs";

    private Logprobs() { }

    /** Null when there are none. */
    static RawJson read(Map<String, RawJson> candidate) {
        RawJson own = candidate.containsKey(OWN) ? candidate.get(OWN) : candidate.get("logprobs_result");
        if (own == null || !(ProviderJson.value(own) instanceof JsonObject result)) {
            return null;
        }
        List<JsonValue> chosen = Fields.items(result, "chosenCandidates");
        List<JsonValue> top = Fields.items(result, "topCandidates");
        JsonWriter json = new JsonWriter().beginObject().name("content").beginArray();
        for (int i = 0; i < chosen.size(); i++) {
            if (chosen.get(i) instanceof JsonObject token) {
                token(json.beginObject(), token);
                json.name("top_logprobs").beginArray();
                if (i < top.size() && top.get(i) instanceof JsonObject others) {
                    Fields.items(others, "candidates").forEach(other -> {
                        if (other instanceof JsonObject candidateToken) {
                            token(json.beginObject(), candidateToken);
                            json.endObject();
                        }
                    });
                }
                json.endArray().endObject();
            }
        }
        return new RawJson(json.endArray().endObject().toText());
    }

    private static void token(JsonWriter json, JsonObject token) {
        String text = Fields.text(token, "token") == null ? "" : Fields.text(token, "token");
        json.name("token").value(text).name("logprob").raw(Fields.get(token, "logProbability") == null ? RawJson.NULL : Fields.get(token, "logProbability").raw())
                .name("bytes").beginArray();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            json.value(b & 0xff);
        }
        json.endArray();
    }

    /** {@code logprobsResult} of a choice that another dialect read, null when it has no log probabilities. */
    static RawJson write(RawJson common) {
        JsonObject logprobs = common == null || !(ProviderJson.value(common) instanceof JsonObject object) ? null : object;
        List<JsonValue> content = logprobs == null ? List.of() : logprobs.items("content");
        if (content.isEmpty()) {
            return null;
        }
        JsonWriter json = new JsonWriter().beginObject().name("topCandidates").beginArray();
        for (JsonValue item : content) {
            json.beginObject().name("candidates").beginArray();
            if (item instanceof JsonObject token) {
                token.items("top_logprobs").forEach(other -> candidate(json, other));
            }
            json.endArray().endObject();
        }
        json.endArray().name("chosenCandidates").beginArray();
        content.forEach(item -> candidate(json, item));
        return new RawJson(json.endArray().endObject().toText());
    }

    private static void candidate(JsonWriter json, JsonValue item) {
        if (item instanceof JsonObject token) {
            json.beginObject().name("token").value(token.text("token") == null ? "" : token.text("token"))
                    .name("logProbability").raw(token.present("logprob") == null ? RawJson.NULL : token.get("logprob").raw()).endObject();
        }
    }
}
