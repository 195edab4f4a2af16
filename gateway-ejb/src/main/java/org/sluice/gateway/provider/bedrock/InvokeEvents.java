package org.sluice.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.Base64;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * The events of InvokeModelWithResponseStream, each wrapped in base64, as the server-sent events Anthropic itself would
 * send: {@code event: <type>}, one {@code data:} line with the event's own bytes. A failure becomes an {@code error} event.
 */
final class InvokeEvents implements EventSource {
    private static final byte[] TYPE = "{\"type\":\"".getBytes(US_ASCII);
    private static final int LONGEST_TYPE = 64;
    private final EventMessages messages;

    InvokeEvents(InputStream body) {
        messages = new EventMessages(body);
    }

    @Override
    public ServerSentEvent next() {
        EventMessage message = messages.next();
        if (message == null) {
            return null;
        }
        if (!message.isEvent()) {
            return failure(message);
        }
        JsonObject chunk = object(message.payload());
        String bytes = chunk.text("bytes");
        if (bytes == null) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "A chunk of the provider's stream holds no bytes.");
        }
        try {
            return event(Base64.getDecoder().decode(bytes));
        } catch (IllegalArgumentException e) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "A chunk of the provider's stream is not base64.");
        }
    }

    private static JsonObject object(Slice payload) {
        try {
            if (JsonReader.read(payload.array(), payload.from(), payload.to()) instanceof JsonObject object) {
                return object;
            }
        } catch (GatewayException notJson) {
            // told below
        }
        throw new GatewayException(ErrorType.UPSTREAM_INVALID, "An event of the provider's stream is not a JSON object.");
    }

    private static ServerSentEvent failure(EventMessage message) {
        ProviderError error = ConverseError.inStream(message.name(), message.errorMessage() == null ? message.payload()
                : Slice.of(new JsonWriter().beginObject().name("message").value(message.errorMessage()).endObject().toBytes()));
        return event(new JsonWriter().beginObject().name("type").value("error").name("error").beginObject()
                .name("type").value(type(error.status())).name("message").value(error.message()).endObject().endObject().toBytes());
    }

    private static String type(int status) {
        return switch (status) {
            case 400 -> "invalid_request_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 408 -> "timeout_error";
            case 429 -> "rate_limit_error";
            case 503 -> "overloaded_error";
            default -> "api_error";
        };
    }

    /** A line end between the tokens of the JSON would end the line of the frame; a space means the same there. */
    private static ServerSentEvent event(byte[] data) {
        for (int i = 0; i < data.length; i++) {
            data[i] = data[i] == '\n' || data[i] == '\r' ? (byte) ' ' : data[i];
        }
        String type = type(data);
        byte[] head = ("event: " + type + "\ndata: ").getBytes(UTF_8);
        byte[] frame = new byte[head.length + data.length + 2];
        System.arraycopy(head, 0, frame, 0, head.length);
        System.arraycopy(data, 0, frame, head.length, data.length);
        frame[frame.length - 2] = '\n';
        frame[frame.length - 1] = '\n';
        return new ServerSentEvent(type, new Slice(frame, head.length, frame.length - 2), Slice.of(frame), true);
    }

    /** The member {@code type}, which usually comes first. */
    private static String type(byte[] data) {
        boolean isFirst = data.length > TYPE.length;
        for (int i = 0; i < TYPE.length && isFirst; i++) {
            isFirst = data[i] == TYPE[i];
        }
        int to = TYPE.length;
        while (isFirst && to < data.length && to < LONGEST_TYPE && (data[to] >= 'a' && data[to] <= 'z' || data[to] == '_')) {
            to++;
        }
        String type = isFirst && to < data.length && data[to] == '"' ? new String(data, TYPE.length, to - TYPE.length, US_ASCII)
                : object(Slice.of(data)).text("type");
        return type == null || !type.matches("[a-z_]{1,64}") ? "message" : type;
    }
}
