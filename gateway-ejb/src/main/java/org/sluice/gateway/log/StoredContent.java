package org.sluice.gateway.log;

import java.nio.charset.StandardCharsets;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonArray;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * What is found in the stored request and answer, each part as it was spelled. Content that is no JSON object (it was
 * cut, or it is the frames of a stream) is shown whole as a text, and has no parts.
 */
final class StoredContent {
    private final JsonObject request;
    private final JsonObject response;
    private final RawJson fullRequest;
    private final RawJson fullResponse;

    StoredContent(RequestLogContent content) {
        byte[] asked = content == null ? null : content.plainRequest();
        byte[] answered = content == null ? null : content.plainResponse();
        request = object(asked);
        response = content == null || content.responseFrames ? null : object(answered);
        fullRequest = whole(asked, request);
        fullResponse = whole(answered, response);
    }

    RawJson fullRequest() {
        return fullRequest;
    }

    RawJson fullResponse() {
        return fullResponse;
    }

    /** A member of the request, or null. */
    RawJson asked(String name) {
        JsonValue value = request == null ? null : request.present(name);
        return value == null ? null : value.raw();
    }

    /** The messages, a separate system prompt in front; null when there are none. */
    RawJson promptMessages() {
        if (asked("messages") == null) {
            return GeminiTurns.asked(request);
        }
        RawJson messages = asked("messages");
        RawJson system = asked("system");
        if (system == null || !messages.text().startsWith("[")) {
            return messages;
        }
        JsonWriter json = new JsonWriter().beginArray();
        json.beginObject().name("role").value("system").name("content").raw(system).endObject();
        request.items("messages").forEach(message -> json.raw(message.raw()));
        return new RawJson(json.endArray().toText());
    }

    /** What was asked where there are no messages: texts to embed, a prompt, a query; null when there is none. */
    RawJson input() {
        for (String name : new String[] {"input", "prompt", "query"}) {
            if (asked(name) != null) {
                return asked(name);
            }
        }
        return null;
    }

    /** The first choice's message, or the content as a message; null when there is none. */
    RawJson completionMessage() {
        if (response == null) {
            return null;
        }
        JsonObject message = message();
        if (message != null) {
            return message.raw();
        }
        if (response.get("output") instanceof JsonArray) {
            return ResponseItems.message(response.items("output"));
        }
        JsonValue content = response.present("content");
        if (content == null) {
            return GeminiTurns.answered(response);
        }
        return new RawJson(new JsonWriter().beginObject().name("role").value("assistant")
                .name("content").raw(content.raw()).endObject().toText());
    }

    RawJson toolCalls() {
        JsonObject message = response == null ? null : message();
        if (response != null && response.get("output") instanceof JsonArray) {
            return ResponseItems.calls(response.items("output"));
        }
        JsonValue calls = message == null ? null : message.present("tool_calls");
        return calls == null ? null : calls.raw();
    }

    private JsonObject message() {
        for (JsonValue choice : response.items("choices")) {
            if (choice instanceof JsonObject object) {
                return object.object("message");
            }
        }
        return null;
    }

    private static JsonObject object(byte[] bytes) {
        try {
            return bytes == null ? null : JsonReader.readObject(bytes);
        } catch (GatewayException e) {
            return null;
        }
    }

    private static RawJson whole(byte[] bytes, JsonObject object) {
        if (bytes == null) {
            return null;
        }
        return object != null ? object.raw() : new RawJson(new JsonWriter().value(new String(bytes, StandardCharsets.UTF_8)).toText());
    }
}
