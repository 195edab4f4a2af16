package org.sluice.gateway.ingress;

import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Every failure of a resource, the container's own included, in one shape: {@code {"error":{...},"detail":"..."}}. */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOGGER = System.getLogger(FailureMapper.class.getName());
    @Inject OpenAiDialect dialect;

    @Override
    public Response toResponse(Throwable thrown) {
        UUID id = CallIds.next(System.currentTimeMillis());
        if (thrown instanceof WebApplicationException web && web.getResponse().hasEntity()) {
            return web.getResponse();
        }
        GatewayException failure = failure(thrown);
        if (failure.type() == ErrorType.INTERNAL) {
            LOGGER.log(System.Logger.Level.ERROR, "Request " + id + " failed inside the gateway", thrown);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        ErrorAnswer.addHeaders(failure, headers);
        headers.put("X-Respan-Gateway-Request-Id", id.toString());
        Response.ResponseBuilder answer = Response.status(status(thrown, failure)).type("application/json").entity(dialect.writeError(failure, id.toString()));
        headers.forEach(answer::header);
        return answer.build();
    }

    private static int status(Throwable thrown, GatewayException failure) {
        return thrown instanceof WebApplicationException web ? web.getResponse().getStatus() : failure.status();
    }

    private static GatewayException failure(Throwable thrown) {
        if (thrown instanceof GatewayException own) {
            return own;
        }
        if (thrown.getCause() instanceof GatewayException own) {
            return own;
        }
        if (thrown instanceof WebApplicationException web) {
            return ofStatus(web.getResponse().getStatus());
        }
        return internal();
    }

    /** What the container means by a status. */
    static GatewayException ofStatus(int status) {
        return switch (status) {
            case 404 -> new GatewayException(ErrorType.NOT_FOUND, "Not found.");
            case 405 -> new GatewayException(ErrorType.METHOD_NOT_ALLOWED, "The path does not know this method.");
            case 406, 415 -> new GatewayException(ErrorType.UNSUPPORTED_MEDIA, "Send and accept application/json.");
            case 401 -> new GatewayException(ErrorType.AUTHENTICATION, "Authentication credentials were not provided.");
            default -> status < 500 ? new GatewayException(ErrorType.INVALID_VALUE, "Invalid request format") : internal();
        };
    }

    private static GatewayException internal() {
        return new GatewayException(ErrorType.INTERNAL, "Internal server error");
    }
}
