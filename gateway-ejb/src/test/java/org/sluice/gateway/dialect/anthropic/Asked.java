package org.sluice.gateway.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.openai.OpenAiDialect;
import org.sluice.gateway.error.GatewayException;

/** What Anthropic is asked when an OpenAI client asks; quotes may be single. */
final class Asked {
    private static final Dialect OPENAI = new OpenAiDialect();
    private static final Dialect ANTHROPIC = new AnthropicDialect();

    private Asked() { }

    static byte[] body(String request) {
        byte[] body = request.replace('\'', '"').getBytes(UTF_8);
        return ANTHROPIC.writeRequest(OPENAI.readRequest(OPENAI.readOutline(body), Set.of()));
    }

    static Map<String, Object> of(String request) {
        return Plain.object(Plain.of(body(request)));
    }

    /** One user turn to a model, and members besides. */
    static Map<String, Object> with(String model, String members) {
        return of("{'model':'" + model + "','messages':[{'role':'user','content':'Hi'}]" + (members.isEmpty() ? "" : "," + members) + "}");
    }

    static Map<String, Object> with(String members) {
        return with("claude-sonnet-4-5", members);
    }

    static Object messages(String messages) {
        return of("{'model':'claude-sonnet-4-5','messages':" + messages + "}").get("messages");
    }

    /** @return what the request is refused with; null when it is not */
    static GatewayException refusal(String members) {
        return catchThrowableOfType(GatewayException.class, () -> with(members));
    }

    static Object json(String json) {
        return Plain.of(json.replace('\'', '"'));
    }
}
