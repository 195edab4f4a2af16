package org.sluice.gateway.ingress.anthropic;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.ingress.FastLane;
import org.sluice.gateway.ingress.Ingress;

/** The fast lanes of {@link MessagesResource}. */
@WebListener
public class MessageLane implements ServletContextListener {
    @Inject GatewayConfig config;
    @Inject Ingress ingress;
    @Inject AnthropicDialect dialect;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (config.isTrue(ConfigKey.DOOR_FAST_LANE)) {
            FastLane.open(event.getServletContext(), ingress, MessageDoors.messages(dialect), "message-lane",
                    "/api/anthropic/v1/messages", "/api/anthropic/messages");
            FastLane.open(event.getServletContext(), ingress, MessageDoors.countTokens(dialect), "token-count-lane",
                    "/api/anthropic/v1/messages/count_tokens", "/api/anthropic/messages/count_tokens");
        }
    }
}
