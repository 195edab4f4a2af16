package org.sluice.gateway.provider.bedrock;

import java.util.Locale;
import java.util.Map;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.error.ProviderError;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/**
 * AWS's errors: {@code {"message"}}, the type in a header or, in a stream, in the name of the exception.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html">AWS: error codes</a>
 */
final class ConverseError {
    private static final int LONGEST_MESSAGE = 2000;
    private static final String TYPE_HEADER = "x-amzn-errortype";

    private ConverseError() { }

    static ProviderError read(int status, String contentType, byte[] body) {
        JsonObject said = object(Slice.of(body));
        String type = said == null ? null : said.text("__type");
        return new ProviderError(status < 400 || status > 599 ? 502 : status, type == null ? null : name(type), null, null,
                message(said, status), ConverseDialect.NAME, contentType, body, null, Map.of());
    }

    /** @param exception e.g. {@code throttlingException} */
    static ProviderError inStream(String exception, Slice payload) {
        int status = status(exception);
        String type = exception.isEmpty() ? null : exception.substring(0, 1).toUpperCase(Locale.ROOT) + exception.substring(1);
        return new ProviderError(status, type, null, null, message(object(payload), status), ConverseDialect.NAME, "application/json",
                payload.toBytes().clone(), null, Map.of());
    }

    /** The same error, of the type that the answer's headers name. */
    static ProviderError typed(ProviderError error, Map<String, String> headers) {
        String type = headers.get(TYPE_HEADER);
        return type == null || error.type() != null ? error : new ProviderError(error.status(), name(type), error.code(), error.param(),
                error.message(), error.dialect(), error.contentType(), error.body(), error.event(), error.headers());
    }

    /** {@code ValidationException:http://...} and {@code com.amazon#ValidationException} without the rest. */
    private static String name(String type) {
        String bare = type.substring(type.indexOf('#') + 1);
        return bare.indexOf(':') < 0 ? bare : bare.substring(0, bare.indexOf(':'));
    }

    private static int status(String exception) {
        return switch (exception.toLowerCase(Locale.ROOT)) {
            case "validationexception" -> 400;
            case "accessdeniedexception" -> 403;
            case "resourcenotfoundexception" -> 404;
            case "modeltimeoutexception" -> 408;
            case "modelerrorexception", "modelstreamerrorexception" -> 424;
            case "throttlingexception", "modelnotreadyexception", "servicequotaexceededexception" -> 429;
            case "serviceunavailableexception" -> 503;
            default -> 500;
        };
    }

    private static String message(JsonObject said, int status) {
        String words = said == null ? null : said.text("message") != null ? said.text("message") : said.text("Message");
        if (words == null || words.isBlank()) {
            return "The provider answered with status " + status + ".";
        }
        return words.length() > LONGEST_MESSAGE ? words.substring(0, LONGEST_MESSAGE) + "..." : words;
    }

    private static JsonObject object(Slice body) {
        try {
            return JsonReader.read(body.array(), body.from(), body.to()) instanceof JsonObject object ? object : null;
        } catch (GatewayException notJson) {
            return null;
        }
    }
}
