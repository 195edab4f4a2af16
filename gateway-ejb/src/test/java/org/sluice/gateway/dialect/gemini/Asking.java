package org.sluice.gateway.dialect.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Set;
import org.sluice.gateway.chat.ChatRequest;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Losses;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.anthropic.AnthropicDialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;

/** Requests from one dialect into another; quotes may be single. */
final class Asking {
    static final Dialect GEMINI = new GeminiDialect();
    static final Dialect OPENAI = new OpenAiDialect();
    static final Dialect ANTHROPIC = new AnthropicDialect();

    private Asking() { }

    static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(UTF_8);
    }

    static ChatRequest read(Dialect dialect, String json) {
        return dialect.readRequest(dialect.readOutline(bytes(json)), Set.of());
    }

    /** A request of Google's, whose model stands in the path. */
    static ChatRequest read(String model, String json) {
        RequestOutline read = GEMINI.readOutline(bytes(json));
        return GEMINI.readRequest(new RequestOutline(read.body(), model, false, true, read.members()), Set.of());
    }

    /** What Gemini is asked when an OpenAI client asks. */
    static Map<String, Object> ofOpenAi(String json) {
        return Plain.object(Plain.of(GEMINI.writeRequest(read(OPENAI, json))));
    }

    static Map<String, Object> ofOpenAi(String model, String members) {
        return ofOpenAi("{'model':'" + model + "','messages':[{'role':'user','content':'Hi'}]," + members + "}");
    }

    static Losses losses(String model, String members) {
        Losses losses = new Losses(false);
        GEMINI.writeRequest(read(OPENAI, "{'model':'" + model + "','messages':[{'role':'user','content':'Hi'}]," + members + "}"), losses);
        return losses;
    }

    static GatewayException refused(String model, String members) {
        return catchThrowableOfType(GatewayException.class, () -> ofOpenAi(model, members));
    }

    static Object plain(String json) {
        return Plain.of(bytes(json));
    }
}
