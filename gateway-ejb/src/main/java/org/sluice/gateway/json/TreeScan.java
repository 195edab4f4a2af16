package org.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Builds the tree of one document without recursion. */
final class TreeScan {
    private record Open(int from, Map<String, JsonValue> members, List<JsonValue> items) { }

    private final JsonParser parser;
    private final byte[] body;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Deque<String> names = new ArrayDeque<>();

    TreeScan(JsonParser parser, byte[] body) {
        this.parser = parser;
        this.body = body;
    }

    JsonValue scan() throws IOException {
        for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
            JsonValue value = value(token);
            if (value == null) {
                continue;
            }
            if (open.isEmpty()) {
                if (parser.nextToken() != null) {
                    throw new GatewayException(ErrorType.INVALID_JSON, "The body holds more than one JSON document.");
                }
                return value;
            }
            Open parent = open.peek();
            if (parent.members != null) {
                if (parent.members.size() >= JsonReader.MAX_MEMBERS) {
                    throw GatewayException.invalid(null, "An object holds more than " + JsonReader.MAX_MEMBERS + " members.");
                }
                parent.members.put(names.pop(), value);
            } else {
                parent.items.add(value);
            }
        }
        throw new GatewayException(ErrorType.INVALID_JSON, "The body ends too early.");
    }

    private JsonValue value(JsonToken token) throws IOException {
        switch (token) {
            case START_OBJECT -> open.push(new Open(offset(), new LinkedHashMap<>(), null));
            case START_ARRAY -> open.push(new Open(offset(), null, new ArrayList<>()));
            case FIELD_NAME -> names.push(parser.currentName());
            case END_OBJECT -> {
                Open object = open.pop();
                return new JsonValue.JsonObject(object.members, body, object.from, offset() + 1);
            }
            case END_ARRAY -> {
                Open array = open.pop();
                return new JsonValue.JsonArray(array.items, body, array.from, offset() + 1);
            }
            case VALUE_STRING -> {
                return new JsonValue.JsonString(parser.getText());
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                JsonReader.checkNumber(parser);
                return new JsonValue.JsonNumber(parser.getText());
            }
            case VALUE_TRUE -> {
                return JsonValue.JsonLiteral.TRUE;
            }
            case VALUE_FALSE -> {
                return JsonValue.JsonLiteral.FALSE;
            }
            case VALUE_NULL -> {
                return JsonValue.JsonLiteral.NULL;
            }
            default -> { }
        }
        return null;
    }

    /** Position of the bracket just read: for brackets the parser stands right after it. */
    private int offset() {
        return (int) parser.currentLocation().getByteOffset() - 1;
    }
}
