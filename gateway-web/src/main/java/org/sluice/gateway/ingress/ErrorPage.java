package org.sluice.gateway.ingress;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.error.GatewayException;

/** What the container itself refuses, in the gateway's shape instead of a page that names the server product. */
@WebServlet(ErrorPage.PATH)
public class ErrorPage extends HttpServlet {
    static final String PATH = "/error-page";
    @Inject transient DialectOfPath dialects;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code && code >= 400 ? code : 404;
        String id = CallIds.next(System.currentTimeMillis()).toString();
        GatewayException failure = FailureMapper.ofStatus(status);
        Dialect dialect = dialects.of(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path ? path : null);
        byte[] body = dialect.writeError(failure, id);
        response.setStatus(status);
        response.setContentType("application/json");
        ErrorAnswer.headers(dialect, failure, id).forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
