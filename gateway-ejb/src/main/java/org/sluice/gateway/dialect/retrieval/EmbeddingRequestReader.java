package org.sluice.gateway.dialect.retrieval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.endpoint.EmbeddingRequest;
import org.sluice.gateway.endpoint.EmbeddingRequest.Input;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonNumber;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonValue.JsonString;

/** Reads a client's request for embeddings. */
public final class EmbeddingRequestReader {
    private static final Set<String> READ = Set.of("model", "input", "encoding_format", "dimensions", "output_dimension", "input_type", "task", "user");

    private EmbeddingRequestReader() { }

    /** @param gatewayMembers members that are the gateway's own */
    public static EmbeddingRequest read(RequestOutline outline, String upstreamModel, Set<String> gatewayMembers) {
        JsonObject body = JsonReader.readObject(outline.body());
        Map<String, RawJson> extras = new LinkedHashMap<>();
        body.members().forEach((name, value) -> {
            if (!READ.contains(name) && !gatewayMembers.contains(name) && !value.isNull()) {
                extras.put(name, value.raw());
            }
        });
        return new EmbeddingRequest(upstreamModel, inputs(body.present("input")), dimensions(body),
                first(body.text("input_type"), body.text("task")), extras);
    }

    /** Whether the client wants base64. */
    public static boolean wantsBase64(RequestOutline outline) {
        RequestOutline.Member member = outline.members().get("encoding_format");
        JsonValue format = member == null ? null : JsonReader.read(outline.body(), member.valueFrom(), member.valueTo());
        if (format == null || format.isNull() || "float".equals(format.asText())) {
            return false;
        }
        if ("base64".equals(format.asText())) {
            return true;
        }
        throw GatewayException.invalid("encoding_format", "'encoding_format' is neither 'float' nor 'base64'.");
    }

    private static List<Input> inputs(JsonValue value) {
        if (value instanceof JsonArray array) {
            List<JsonValue> items = array.items();
            if (items.isEmpty()) {
                throw GatewayException.invalid("input", "'input' is empty.");
            }
            if (items.get(0) instanceof JsonNumber) {
                return List.of(new Input(null, array.raw()));
            }
            if (items.size() > EmbeddingRequest.MOST_INPUTS) {
                throw GatewayException.invalid("input", "'input' holds more than " + EmbeddingRequest.MOST_INPUTS + " items.");
            }
            List<Input> inputs = new ArrayList<>(items.size());
            items.forEach(item -> inputs.add(input(item)));
            return inputs;
        }
        return List.of(input(value));
    }

    private static Input input(JsonValue value) {
        boolean isTokens = value instanceof JsonArray array && !array.items().isEmpty() && array.items().stream().allMatch(JsonNumber.class::isInstance);
        if (!(value instanceof JsonString) && !(value instanceof JsonObject) && !isTokens) {
            throw GatewayException.invalid("input", "'input' is not a string, an array of strings or arrays of tokens.");
        }
        if (value.asText() != null && value.asText().isEmpty()) {
            throw GatewayException.invalid("input", "'input' holds an empty string.");
        }
        return new Input(value.asText(), value.raw());
    }

    private static int dimensions(JsonObject body) {
        JsonValue value = body.present("dimensions") != null ? body.present("dimensions") : body.present("output_dimension");
        if (value == null) {
            return 0;
        }
        if (!(value instanceof JsonNumber number) || !number.isLong() || number.longValue() < 1 || number.longValue() > 65_536) {
            throw GatewayException.invalid("dimensions", "'dimensions' is not an integer from 1 to 65536.");
        }
        return (int) number.longValue();
    }

    private static String first(String a, String b) {
        return a != null ? a : b;
    }
}
