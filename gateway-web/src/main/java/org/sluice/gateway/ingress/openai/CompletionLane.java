package org.sluice.gateway.ingress.openai;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.ingress.Door;
import org.sluice.gateway.ingress.FastLane;
import org.sluice.gateway.ingress.Ingress;

/** The fast lane of {@link ChatCompletionsResource}. */
@WebListener
public class CompletionLane implements ServletContextListener {
    @Inject GatewayConfig config;
    @Inject Ingress ingress;
    @Inject OpenAiDialect dialect;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (config.isTrue(ConfigKey.DOOR_FAST_LANE)) {
            FastLane.open(event.getServletContext(), ingress, Door.chat(dialect), "completion-lane",
                    "/api/chat/completions", "/api/v1/chat/completions", "/chat/completions");
        }
    }
}
