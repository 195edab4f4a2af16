package org.sluice.gateway.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.ChatRequest.Reasoning;
import org.sluice.gateway.chat.ChatRequest.Sampling;
import org.sluice.gateway.chat.ChatRequest.Tools;
import org.sluice.gateway.chat.Message;
import org.sluice.gateway.chat.Role;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.model.Model;

class TokenBoundTest {
    private static ChatRequest asking(Long maxTokens) {
        return new ChatRequest("anthropic", "m", List.of(Message.text(Role.USER, "Hi")), Tools.NONE, new Sampling("1.0", "0.5", "4", maxTokens, 1, List.of("x"), "5", "1", "2"), Reasoning.DEFAULT,
                null, true, true, "u", Map.of());
    }

    private static Model model(long maxOutput) {
        return new Model("p", "P", "m", null, null, Model.Type.CHAT, 0, maxOutput, null, new Model.Capabilities(null, null, null), false);
    }

    @Test
    void a_bound_over_the_models_most_is_lowered_and_told() {
        Losses losses = new Losses(false);
        assertThat(TokenBound.within(asking(32_000L), model(16_384), losses)).isEqualTo(asking(16_384L));
        assertThat(losses.warnings()).singleElement().asString().contains("'max_tokens'", "16384");
        assertThatThrownBy(() -> TokenBound.within(asking(32_000L), model(16_384), new Losses(true))).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.param()).isEqualTo("max_tokens"));
    }

    @Test
    void any_other_bound_stays() {
        Losses losses = new Losses(true);
        for (ChatRequest request : List.of(asking(16_384L), asking(null), asking(1L))) {
            assertThat(TokenBound.within(request, model(16_384), losses)).isSameAs(request);
        }
        assertThat(TokenBound.within(asking(32_000L), null, losses).sampling().maxTokens()).isEqualTo(32_000L);
        assertThat(TokenBound.within(asking(32_000L), model(0), losses).sampling().maxTokens()).isEqualTo(32_000L);
    }
}
