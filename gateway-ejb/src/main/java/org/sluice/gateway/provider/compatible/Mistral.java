package org.sluice.gateway.provider.compatible;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.openai.ValueScan;
import org.sluice.gateway.json.JsonReader;

/**
 * Mistral: <a href="https://docs.mistral.ai/api/endpoint/chat">API reference</a>. It refuses members it does not know
 * with 422; of those every OpenAI client may send it refuses {@code stream_options.include_usage} (its streams count
 * anyway) and {@code max_completion_tokens} (it has {@code max_tokens}).
 */
@ApplicationScoped
public class Mistral extends OpenAiCompatible {
    private static final List<String> PREFIXES = List.of("mistral-", "open-mistral-", "open-mixtral-", "ministral-", "codestral-",
            "devstral-", "magistral-", "pixtral-", "voxtral-");
    private static final String USAGE_WISH = "stream_options";
    private static final String NEW_LIMIT = "max_completion_tokens";
    private static final String LIMIT = "max_tokens";

    public Mistral() {
        super("mistral", "https://api.mistral.ai/v1");
    }

    @Override
    public boolean claims(String model) {
        return PREFIXES.stream().anyMatch(model::startsWith);
    }

    @Override
    protected Body accepted(Body body, boolean stream) {
        byte[] bytes = body.toBytes();
        Map<String, Member> members = JsonReader.readMembers(bytes);
        if (!members.containsKey(USAGE_WISH) && !members.containsKey(NEW_LIMIT)) {
            return body;
        }
        Set<String> refused = members.containsKey(LIMIT) ? Set.of(USAGE_WISH, NEW_LIMIT) : Set.of(USAGE_WISH);
        byte[] cut = dialect.forward(new RequestOutline(bytes, "", false, false, members), "", refused).toBytes();
        Member renamed = JsonReader.readMembers(cut).get(NEW_LIMIT);
        boolean isPlain = renamed != null && ValueScan.isText(cut, renamed.nameFrom() + 1, renamed.nameFrom() + 1 + NEW_LIMIT.length(), NEW_LIMIT);
        return isPlain ? Body.of(renamed(cut, renamed.nameFrom())) : Body.of(cut);
    }

    private static byte[] renamed(byte[] body, int nameFrom) {
        int nameTo = nameFrom + NEW_LIMIT.length() + 2;
        byte[] name = ('"' + LIMIT + '"').getBytes(StandardCharsets.US_ASCII);
        byte[] renamed = new byte[body.length - (nameTo - nameFrom) + name.length];
        System.arraycopy(body, 0, renamed, 0, nameFrom);
        System.arraycopy(name, 0, renamed, nameFrom, name.length);
        System.arraycopy(body, nameTo, renamed, nameFrom + name.length, body.length - nameTo);
        return renamed;
    }
}
