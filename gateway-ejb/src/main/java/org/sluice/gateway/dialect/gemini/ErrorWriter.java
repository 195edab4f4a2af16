package org.sluice.gateway.dialect.gemini;

import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/** Writes {@code {"error":{code,message,status,details}}}; Google's own error goes on as it came. */
final class ErrorWriter {
    private ErrorWriter() { }

    static byte[] write(GatewayException error, String callId) {
        byte[] own = own(error);
        return own != null ? own : json(new JsonWriter(), error, callId).toBytes();
    }

    /** One frame; the stream ends after it without a finish reason. */
    static Slice event(GatewayException error, String callId) {
        byte[] own = own(error);
        String text = own == null ? null : Slice.of(own).text();
        boolean isOneLine = text != null && text.startsWith("{") && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
        JsonWriter json = new JsonWriter().outside("data: ");
        return (isOneLine ? json.raw(Slice.of(own)) : json(json, error, callId)).outside("\n\n").toSlice();
    }

    private static JsonWriter json(JsonWriter json, GatewayException error, String callId) {
        json.beginObject().name("error").beginObject().name("code").value(error.status()).name("message").value(error.getMessage())
                .name("status").value(StatusNames.of(error)).name("details").beginArray().beginObject()
                .name("@type").value("type.googleapis.com/google.rpc.ErrorInfo").name("reason").value(StatusNames.reason(error))
                .name("domain").value("gateway");
        if (callId != null || error.param() != null) {
            json.name("metadata").beginObject().optional("request_id", callId).optional("param", error.param()).endObject();
        }
        return json.endObject().endArray().endObject().endObject();
    }

    private static byte[] own(GatewayException error) {
        ProviderError provider = error.providerError().orElse(null);
        if (provider == null || !provider.dialect().equals(GeminiDialect.NAME)) {
            return null;
        }
        JsonObject root = ProviderJson.objectOrNull(Slice.of(provider.body()));
        return root != null && root.object("error") != null ? provider.body() : null;
    }
}
