package org.sluice.gateway.ingress.openai;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.ingress.Ingress;
import org.sluice.gateway.ingress.ServletExchange;

/**
 * The fast lane of {@link ChatCompletionsResource}: an asynchronous servlet on exactly its paths, which the container
 * prefers to the JAX-RS application. {@code gateway.door.fast-lane=false} takes it away; the answers stay the same.
 */
@WebListener
public class CompletionLane implements ServletContextListener {
    private static final String[] PATHS = {"/api/chat/completions", "/api/v1/chat/completions", "/chat/completions"};
    @Inject GatewayConfig config;
    @Inject Ingress ingress;
    @Inject OpenAiDialect dialect;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (!config.isTrue(ConfigKey.DOOR_FAST_LANE)) {
            return;
        }
        ServletContext context = event.getServletContext();
        ServletRegistration.Dynamic lane = context.addServlet("completion-lane", new Lane(ingress, dialect));
        lane.setAsyncSupported(true);
        lane.setLoadOnStartup(1);
        for (String path : PATHS) {
            lane.addMapping(path, path + "/");
        }
    }

    private static final class Lane extends HttpServlet {
        private final transient Ingress ingress;
        private final transient OpenAiDialect dialect;

        Lane(Ingress ingress, OpenAiDialect dialect) {
            this.ingress = ingress;
            this.dialect = dialect;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getMethod().equals("POST")) {
                ingress.serve(dialect, ServletExchange.of(request, response));
            } else {
                ingress.refuseMethod(dialect, ServletExchange.of(request, response));
            }
        }
    }
}
