package org.sluice.gateway.ingress.responses;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.ingress.Door;
import org.sluice.gateway.ingress.FastLane;
import org.sluice.gateway.ingress.Ingress;

/** The fast lane of {@link ResponsesResource#create}. */
@WebListener
public class ResponsesLane implements ServletContextListener {
    @Inject GatewayConfig config;
    @Inject Ingress ingress;
    @Inject ResponsesDialect dialect;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (config.isTrue(ConfigKey.DOOR_FAST_LANE)) {
            FastLane.open(event.getServletContext(), ingress, Door.chat(dialect), "responses-lane", "/api/responses", "/api/v1/responses");
        }
    }
}
