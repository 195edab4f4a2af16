package org.sluice.gateway.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.chat.ChatChunk;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.chat.Part;
import org.sluice.gateway.dialect.ChunkReader;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.dialect.responses.ResponsesDialect;
import org.sluice.gateway.provider.Credential;
import org.sluice.gateway.provider.Deployment;
import org.sluice.gateway.provider.gemini.Gemini;
import org.sluice.gateway.route.Target;

/** A signature goes back to the provider that made it, over other dialects' clients too. */
class SignedByTest {
    private static final Dialect CLAUDE = new AnthropicDialect();
    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Dialect RESPONSES = new ResponsesDialect();
    private static final String DETAIL = "{\"type\":\"reasoning.encrypted\",\"data\":\"gAAAAx\",\"id\":\"rs_1\",\"format\":\"openai-responses-v1\",\"index\":1}";

    private static Target target(String provider) {
        return new Target(new Gemini(), OPENAI, new Deployment("d", provider, "some/model", null, Map.of()), Credential.None.NONE, null);
    }

    private static String told(String provider) {
        byte[] answer = ("{\"id\":\"x\",\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\",\"reasoning\":\"hm\","
                + "\"reasoning_details\":[{\"type\":\"reasoning.summary\",\"summary\":\"hm\",\"index\":0}," + DETAIL + "]}}]}").getBytes(UTF_8);
        return new String(CLAUDE.writeResponse(SignedBy.named(OPENAI.readResponse(answer), target(provider))), UTF_8);
    }

    private static ChatRequest next(String answer) {
        String content = answer.replaceAll("(?s).*(\"content\":\\[.*\\]).*", "$1");
        byte[] body = ("{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\"," + content
                + "},{\"role\":\"user\",\"content\":\"Go on\"}]}").getBytes(UTF_8);
        return CLAUDE.readRequest(CLAUDE.readOutline(body), Set.of()).withModel("some/model");
    }

    private static String asked(String maker, String provider) {
        return new String(OPENAI.writeRequest(SignedBy.only(next(told(maker)), target(provider))), UTF_8);
    }

    @Test
    void details_of_a_router_come_back_to_it_whole_and_to_no_other() {
        assertThat(told("openrouter")).contains("\"signature\":\"__ts__details@openrouter:[{").contains("gAAAAx");
        assertThat(asked("openrouter", "openrouter")).contains("\"reasoning_details\":[{\"type\":\"reasoning.summary\",\"summary\":\"hm\",\"index\":0}," + DETAIL + "]");
        assertThat(asked("openrouter", "vercel")).doesNotContain("gAAAAx", "reasoning_details");
        assertThat(new String(CLAUDE.writeRequest(next(told("openrouter")).withModel("claude-sonnet-4-5")), UTF_8)).doesNotContain("gAAAAx");
    }

    @Test
    void a_stream_names_the_maker_too() {
        ChunkReader reader = SignedBy.named(RESPONSES.chunkReader(), target("xai"));
        String data = "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"E\"}}";
        List<ChatChunk> read = reader.read(new ServerSentEvent(null, Slice.utf8(data), Slice.utf8(data), true));
        assertThat(read).contains(new ChatChunk.ThinkingSignature(0, 0, "responses@xai:rs_1|E"));
        assertThat(reader.end()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"openai,gAAAAabc,false", "azure_openai,gAAAAabc,false", "openai,xyz,true", "xai,gAAAAabc,true", "xai,xyz,false", "my-own,gAAAAabc,false", "my-own,xyz,false", "openai,'',false"})
    void a_responses_request_that_passes_is_looked_over(String provider, String encrypted, boolean isForeign) {
        byte[] body = ("{\"model\":\"m\",\"include\":[\"reasoning.encrypted_content\"],\"input\":[{\"type\":\"reasoning\",\"id\":\"rs_0\",\"summary\":[],\"encrypted_content\":null},"
                + "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[],\"encrypted_content\" : \"" + encrypted + "\"},{\"role\":\"user\",\"content\":\"Hi\"}]}").getBytes(UTF_8);
        assertThat(SignedBy.mayHoldForeign(body, target(provider))).isEqualTo(isForeign);
        ChatRequest read = RESPONSES.readRequest(RESPONSES.readOutline(body), Set.of());
        ChatRequest only = SignedBy.only(read, target(provider));
        String written = new String(RESPONSES.writeRequest(only), UTF_8);
        assertThat(written.contains("rs_1")).isEqualTo(!isForeign);
        assertThat(only == read).isEqualTo(!isForeign);
        Part said = only.messages().get(0).parts().get(1);
        assertThat(said).isInstanceOf(Part.Thinking.class);
    }
}
