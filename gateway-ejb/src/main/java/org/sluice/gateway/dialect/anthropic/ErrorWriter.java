package org.sluice.gateway.dialect.anthropic;

import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonWriter;

/** Writes {@code {"type":"error","error":{type,message},"request_id":id}}; Anthropic's own error goes on as it came. */
final class ErrorWriter {
    private ErrorWriter() { }

    static byte[] write(GatewayException error, String callId) {
        byte[] own = own(error);
        return own != null ? own : json(new JsonWriter(), error, callId).toBytes();
    }

    /** One frame; the stream ends after it without {@code message_stop}. */
    static Slice event(GatewayException error, String callId) {
        byte[] own = own(error);
        JsonWriter json = new JsonWriter().outside("event: error\ndata: ");
        boolean isOneLine = own != null && new Slice(own, 0, own.length).text().indexOf('\n') < 0 && new Slice(own, 0, own.length).text().indexOf('\r') < 0;
        return (isOneLine ? json.raw(Slice.of(own)) : json(json, error, callId)).outside("\n\n").toSlice();
    }

    private static JsonWriter json(JsonWriter json, GatewayException error, String callId) {
        return json.beginObject().name("type").value("error").name("error").beginObject()
                .name("type").value(ErrorTypes.type(error)).name("message").value(error.getMessage()).endObject()
                .optional("request_id", callId).endObject();
    }

    private static byte[] own(GatewayException error) {
        ProviderError provider = error.providerError().orElse(null);
        if (provider == null || !provider.dialect().equals(AnthropicDialect.NAME)) {
            return null;
        }
        boolean isShaped = ProviderJson.objectOrNull(Slice.of(provider.body())) != null
                && ProviderJson.objectOrNull(Slice.of(provider.body())).object("error") != null;
        return isShaped ? provider.body() : null;
    }
}
