package org.sluice.gateway.ingress;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.FailureTrace;
import org.sluice.gateway.error.GatewayException;

/** Every failure of a resource, the container's own included, in the shape of the path's dialect. */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOGGER = System.getLogger(FailureMapper.class.getName());
    @Inject DialectOfPath dialects;
    @Context HttpServletRequest connection; // its path, unlike that of JAX-RS, is not put together from the Host

    @Override
    public Response toResponse(Throwable thrown) {
        UUID id = CallIds.next(System.currentTimeMillis());
        if (thrown instanceof WebApplicationException web && web.getResponse().hasEntity()) {
            return web.getResponse();
        }
        GatewayException failure = failure(thrown);
        if (failure.type() == ErrorType.INTERNAL) {
            LOGGER.log(System.Logger.Level.ERROR, "Request " + id + " failed inside the gateway", FailureTrace.of(thrown));
        }
        Dialect dialect = dialects.of(connection.getRequestURI());
        Map<String, String> headers = ErrorAnswer.headers(dialect, failure, id.toString());
        allowed(thrown).ifPresent(methods -> headers.put("Allow", methods));
        Response.ResponseBuilder answer = Response.status(status(thrown, failure)).type("application/json").entity(dialect.writeError(failure, id.toString()));
        headers.forEach(answer::header);
        return answer.build();
    }

    private static int status(Throwable thrown, GatewayException failure) {
        return thrown instanceof WebApplicationException web ? web.getResponse().getStatus() : failure.status();
    }

    /** Without OPTIONS and HEAD, which the container adds by itself. */
    private static Optional<String> allowed(Throwable thrown) {
        return thrown instanceof NotAllowedException wrong ? Optional.of(wrong.getResponse().getAllowedMethods().stream()
                .filter(method -> !method.equals("OPTIONS") && !method.equals("HEAD")).sorted().collect(Collectors.joining(", "))) : Optional.empty();
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
