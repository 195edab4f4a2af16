package org.sluice.gateway.ingress.gemini;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.ingress.ServletExchange;

/** The fast lane of {@link GenerateContentResource}: a servlet, because the paths end with the model and the method. */
@WebListener
public class GeminiLane implements ServletContextListener {
    @Inject GatewayConfig config;
    @Inject GeminiDoor door;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (config.isTrue(ConfigKey.DOOR_FAST_LANE)) {
            ServletRegistration.Dynamic lane = event.getServletContext().addServlet("gemini-lane", new Lane(door));
            lane.setAsyncSupported(true);
            lane.setLoadOnStartup(1);
            lane.addMapping("/api/google/gemini/*", "/api/google/vertexai/*");
        }
    }

    private static final class Lane extends HttpServlet {
        private final transient GeminiDoor door;

        Lane(GeminiDoor door) {
            this.door = door;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) {
            door.serve(request.getMethod(), ServletExchange.of(request, response));
        }
    }
}
