package org.sluice.gateway.ingress;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;

/** What the container itself refuses, in the gateway's shape instead of a page that names the server product. */
@WebServlet(ErrorPage.PATH)
public class ErrorPage extends HttpServlet {
    static final String PATH = "/error-page";
    @Inject transient OpenAiDialect dialect;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code && code >= 400 ? code : 404;
        String id = CallIds.next(System.currentTimeMillis()).toString();
        GatewayException failure = FailureMapper.ofStatus(status);
        Map<String, String> headers = new LinkedHashMap<>();
        ErrorAnswer.addHeaders(failure, headers);
        headers.put("X-Respan-Gateway-Request-Id", id);
        byte[] body = dialect.writeError(failure, id);
        response.setStatus(status);
        response.setContentType("application/json");
        headers.forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
