package org.sluice.gateway.management;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** What every management resource asks of a request. */
final class ManagementRequest {
    private static final String CALLER = "gateway.caller";
    private static final String TEST = "test";
    private static final int MAX_BODY = 256 * 1024;

    private ManagementRequest() { }

    /** Whose key the authentication filter found. */
    static Caller caller(HttpServletRequest request) {
        if (request.getAttribute(CALLER) instanceof Caller caller) {
            return caller;
        }
        throw new GatewayException(ErrorType.AUTHENTICATION, "Authentication credentials were not provided.");
    }

    /**
     * The same, when it may change things.
     *
     * @throws GatewayException PERMISSION for a test key: what is stored holds for production too
     */
    static Caller writer(HttpServletRequest request) {
        Caller caller = caller(request);
        if (caller.environment().equals(TEST)) {
            throw new GatewayException(ErrorType.PERMISSION, "A test key may look but not change anything; use a production key.");
        }
        return caller;
    }

    /** @throws GatewayException TOO_LARGE, INVALID_JSON */
    static JsonObject body(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw new GatewayException(ErrorType.TOO_LARGE, "The request body is larger than " + MAX_BODY + " bytes.");
            }
            return JsonReader.readObject(bytes);
        } catch (IOException e) {
            throw new GatewayException(ErrorType.INVALID_JSON, "The request body did not arrive whole.", e);
        }
    }

    /** The same; an absent body is an empty object. */
    static JsonObject optionalBody(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(MAX_BODY);
            return JsonReader.readObject(bytes.length == 0 ? new byte[] {'{', '}'} : bytes);
        } catch (IOException e) {
            throw new GatewayException(ErrorType.INVALID_JSON, "The request body did not arrive whole.", e);
        }
    }

    /** The same words for what was never there and for what belongs to somebody else. */
    static GatewayException notFound() {
        return new GatewayException(ErrorType.NOT_FOUND, "Not found.");
    }
}
