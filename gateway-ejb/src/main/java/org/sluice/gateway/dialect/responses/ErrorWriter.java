package org.sluice.gateway.dialect.responses;

import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonWriter;

/**
 * Writes a failure as OpenAI does: {@code {"error":{message,type,param,code},"detail":message}}, in a stream as an event
 * {@code error}, which says the same at its top level and inside. A provider of the same dialect is quoted byte for byte.
 */
final class ErrorWriter {
    private ErrorWriter() { }

    static byte[] write(GatewayException failure) {
        ProviderError provider = failure.providerError().orElse(null);
        if (isQuotable(provider) && provider.event() == null && Json.objectOrNull(Slice.of(provider.body())) != null) {
            return provider.body();
        }
        JsonWriter json = new JsonWriter().beginObject().name("error").beginObject();
        members(json, failure, provider).endObject().name("detail").value(failure.getMessage());
        if (failure.type() == ErrorType.RATE_LIMIT && failure.retryAfterSeconds() >= 0) {
            json.name("retry_after").value(failure.retryAfterSeconds());
        }
        return json.endObject().toBytes();
    }

    static Slice event(GatewayException failure, long number) {
        ProviderError provider = failure.providerError().orElse(null);
        if (isQuotable(provider) && provider.event() != null && isNext(Slice.of(provider.event()), number)) {
            return Slice.of(provider.event());
        }
        JsonWriter json = new JsonWriter().outside("event: error\ndata: ").beginObject().name("type").value("error").name("sequence_number").value(number)
                .name("code").value(code(failure, provider)).name("message").value(failure.getMessage()).name("param").value(failure.param())
                .name("error").beginObject();
        return members(json, failure, provider).endObject().endObject().outside("\n\n").toSlice();
    }

    /** Whether the provider's event goes on where the client's stream is: it does where bytes passed. */
    private static boolean isNext(Slice event, long number) {
        long own = EventNumber.last(event);
        return number == 0 || own < 0 || own == number;
    }

    private static boolean isQuotable(ProviderError provider) {
        return provider != null && provider.dialect().equals(ResponsesDialect.NAME);
    }

    private static JsonWriter members(JsonWriter json, GatewayException failure, ProviderError provider) {
        String type = provider == null || provider.type() == null ? failure.type().wireName() : provider.type();
        return json.name("message").value(failure.getMessage()).name("type").value(type)
                .name("param").value(failure.param()).name("code").value(code(failure, provider));
    }

    private static String code(GatewayException failure, ProviderError provider) {
        return provider == null || provider.code() == null ? failure.type().code() : provider.code();
    }
}
