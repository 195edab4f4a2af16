package org.sluice.gateway.dialect.retrieval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.endpoint.Endpoint;
import org.sluice.gateway.endpoint.RerankRequest;
import org.sluice.gateway.endpoint.RerankResponse;
import org.sluice.gateway.endpoint.RerankResponse.Result;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Query, documents and a limit in, indices with scores out, with a provider's own names. Documents are never asked back:
 * the gateway has them.
 *
 * @param top what the provider calls {@code top_n}
 * @param results what it calls {@code results}
 * @param extras its own parameters that a client may send
 * @param readsObjects whether a document may be an object
 */
public record ListedRerank(String path, String top, String results, List<String> extras, boolean readsObjects) implements Endpoint.Rerank {
    @Override
    public byte[] writeRequest(RerankRequest request, Losses losses) {
        JsonWriter json = new JsonWriter(1024).beginObject().name("model").value(request.model()).name("query").value(request.query())
                .name("documents").beginArray();
        request.documents().forEach(document -> json.raw(readsObjects ? document : text(document)));
        json.endArray();
        if (request.top() > 0) {
            json.name(top).value(request.top());
        }
        request.extras().forEach((name, value) -> {
            if (extras.contains(name)) {
                json.name(name).raw(value);
            } else {
                losses.drop(name, "the provider does not know it.");
            }
        });
        return json.endObject().toBytes();
    }

    /** Of {@code {"text": ...}} the text. */
    private static RawJson text(RawJson document) {
        if (!document.text().startsWith("{")) {
            return document;
        }
        JsonValue text = JsonReader.readObject(document.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)).present("text");
        if (text == null || text.asText() == null) {
            throw GatewayException.invalid("documents", "This provider reads documents that are strings or objects with a 'text'.");
        }
        return text.raw();
    }

    @Override
    public RerankResponse readResponse(byte[] body) {
        JsonObject answer = JsonReader.readObject(body);
        List<Result> found = new ArrayList<>();
        for (JsonValue item : answer.items(results)) {
            if (!(item instanceof JsonObject object) || object.number("index", -1) < 0 || !(object.get("relevance_score") instanceof JsonNumber)) {
                throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds no results of a rerank.");
            }
            found.add(new Result((int) object.number("index", 0), object.get("relevance_score").raw()));
        }
        if (answer.get(results) == null) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer holds no results of a rerank.");
        }
        found.sort(Comparator.comparingDouble((Result result) -> Double.parseDouble(result.score().text())).reversed());
        JsonObject billed = answer.object("meta") == null ? null : answer.object("meta").object("billed_units");
        return new RerankResponse(answer.text("id"), found, TokenCount.of(answer), billed == null ? 0 : billed.number("search_units", 0));
    }
}
