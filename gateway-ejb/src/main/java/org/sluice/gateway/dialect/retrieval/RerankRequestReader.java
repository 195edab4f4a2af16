package org.sluice.gateway.dialect.retrieval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.endpoint.RerankRequest;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonValue.JsonString;

/** Reads a client's request for a rerank, in Cohere's, Jina's or Voyage's words. */
public final class RerankRequestReader {
    private static final Set<String> READ = Set.of("model", "query", "documents", "top_n", "top_k", "return_documents");
    private static final int MOST_DOCUMENTS = 10_000;

    private RerankRequestReader() { }

    /** @param gatewayMembers members that are the gateway's own */
    public static RerankRequest read(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers) {
        JsonObject body = JsonReader.readObject(outline.body());
        if (body.text("query") == null || body.text("query").isEmpty()) {
            throw GatewayException.invalid("query", "'query' is not a text.");
        }
        Map<String, RawJson> extras = new LinkedHashMap<>();
        body.members().forEach((name, value) -> {
            if (!READ.contains(name) && !gatewayMembers.contains(name) && !value.isNull()) {
                extras.put(name, value.raw());
            }
        });
        return new RerankRequest(upstreamModel, body.text("query"), documents(body), top(body), body.isTrue("return_documents"), extras);
    }

    private static List<RawJson> documents(JsonObject body) {
        List<JsonValue> items = body.items("documents");
        if (items.isEmpty() || items.size() > MOST_DOCUMENTS) {
            throw GatewayException.invalid("documents", "'documents' is not an array of 1 to " + MOST_DOCUMENTS + " documents.");
        }
        List<RawJson> documents = new ArrayList<>(items.size());
        for (JsonValue item : items) {
            if (!(item instanceof JsonString) && !(item instanceof JsonObject)) {
                throw GatewayException.invalid("documents", "'documents' holds something that is neither a string nor an object.");
            }
            documents.add(item.raw());
        }
        return documents;
    }

    private static int top(JsonObject body) {
        JsonValue value = body.present("top_n") != null ? body.present("top_n") : body.present("top_k");
        if (value == null) {
            return 0;
        }
        if (!(value instanceof JsonNumber number) || !number.isLong() || number.longValue() < 1) {
            throw GatewayException.invalid("top_n", "'top_n' is not an integer of 1 or more.");
        }
        return (int) Math.min(number.longValue(), MOST_DOCUMENTS);
    }
}
