package org.sluice.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.call.Call;
import org.sluice.gateway.call.Caller;
import org.sluice.gateway.call.GatewayOptions;
import org.sluice.gateway.call.ResolvedPrompt;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.gemini.GeminiDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.provider.Operation;

class PromptEchoTest {
    private static final String DONE = "data: [DONE]\n\n";

    private static Call call(String door, Boolean isEchoed) {
        Dialect dialect = switch (door) {
            case "openai" -> new OpenAiDialect();
            case "anthropic" -> new AnthropicDialect();
            case "gemini" -> new GeminiDialect();
            default -> new ResponsesDialect();
        };
        RequestOutline outline = new RequestOutline(new byte[] {'{', '}'}, "m", false, false, Map.of());
        Call call = new Call(UUID.randomUUID(), Instant.now(), 0, new Caller(1, "p", "n", "acme", "prod"), dialect, "/", outline, Set.of(), GatewayOptions.NONE, Operation.CHAT);
        return call.with(outline, GatewayOptions.NONE, new ResolvedPrompt("id", "name", 1, new RawJson("[{\"role\":\"user\",\"content\":\"é\"}]"), isEchoed));
    }

    @ParameterizedTest
    @CsvSource({"openai,,true,false", "openai,true,true,true", "openai,false,false,false", "responses,,true,false", "responses,true,true,false", "responses,false,false,false",
        "anthropic,,false,false", "anthropic,true,true,false", "gemini,,false,false", "gemini,true,true,false"})
    void the_messages_are_told_where_they_are_wanted(String door, Boolean isEchoed, boolean isInAnswer, boolean isInStream) {
        Call call = call(door, isEchoed);
        String answer = new String(PromptEcho.addTo(call, "{\"id\":\"a\"}\n".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        assertThat(answer).isEqualTo(isInAnswer ? "{\"id\":\"a\",\"prompt_message\":[{\"role\":\"user\",\"content\":\"é\"}]}\n" : "{\"id\":\"a\"}\n");
        String last = PromptEcho.before(call, Slice.utf8(DONE)).text();
        if (isInStream) {
            assertThat(last).startsWith("data: {\"id\":\"prompt_message\",\"object\":\"chat.completion.chunk\"").contains("\"choices\":[]")
                    .endsWith("\"prompt_message\":[{\"role\":\"user\",\"content\":\"é\"}]}\n\n" + DONE);
        } else {
            assertThat(last).isEqualTo(DONE);
        }
    }
}
