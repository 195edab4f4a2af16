package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * Writes a failure for an OpenAI client: {@code {"error":{message,type,param,code},"detail":message}}. A provider of the
 * same dialect is quoted byte for byte, also where it answers in plain text, as some proxies in front of one do; markup is not.
 */
final class ErrorWriter {
    private ErrorWriter() { }

    static byte[] write(GatewayException failure) {
        ProviderError provider = failure.providerError().orElse(null);
        if (provider != null && (object(provider) != null || isPlainText(provider))) {
            return provider.body();
        }
        JsonWriter json = new JsonWriter().beginObject().name("error");
        members(json, failure, provider).name("detail").value(failure.getMessage());
        if (failure.type() == ErrorType.RATE_LIMIT && failure.retryAfterSeconds() >= 0) {
            json.name("retry_after").value(failure.retryAfterSeconds());
        }
        return json.endObject().toBytes();
    }

    /** One frame; the stream ends after it without {@code [DONE]}. */
    static Slice event(GatewayException failure) {
        ProviderError provider = failure.providerError().orElse(null);
        if (provider != null && provider.event() != null && provider.dialect().equals(OpenAiDialect.NAME)) {
            return Slice.of(provider.event());
        }
        JsonWriter json = new JsonWriter().outside("data: ").beginObject().name("error");
        RawJson own = provider == null ? null : ownError(provider);
        if (own != null) {
            json.raw(own);
        } else {
            members(json, failure, provider);
        }
        return json.endObject().outside("\n\n").toSlice();
    }

    private static JsonWriter members(JsonWriter json, GatewayException failure, ProviderError provider) {
        String type = provider == null || provider.type() == null ? failure.type().wireName() : provider.type();
        String code = provider == null || provider.code() == null ? failure.type().code() : provider.code();
        return json.beginObject().name("message").value(failure.getMessage()).name("type").value(type)
                .name("param").value(failure.param()).name("code").value(code).endObject();
    }

    private static JsonObject object(ProviderError provider) {
        if (!provider.dialect().equals(OpenAiDialect.NAME)) {
            return null;
        }
        try {
            return JsonReader.readObject(provider.body());
        } catch (GatewayException notJson) {
            return null;
        }
    }

    /** Said to be plain text, and it reads like it: what the reader understood is the body itself. */
    private static boolean isPlainText(ProviderError provider) {
        return provider.dialect().equals(OpenAiDialect.NAME) && provider.contentType() != null && provider.contentType().startsWith("text/plain")
                && provider.message().equals(new String(provider.body(), StandardCharsets.UTF_8).strip());
    }

    /** The provider's error object, when it can stand on one line. */
    private static RawJson ownError(ProviderError provider) {
        JsonObject body = object(provider);
        JsonObject error = body == null ? null : body.object("error");
        RawJson raw = error == null || error.text("message") == null ? null : error.raw();
        return raw == null || raw.text().indexOf('\n') >= 0 || raw.text().indexOf('\r') >= 0 ? null : raw;
    }
}
