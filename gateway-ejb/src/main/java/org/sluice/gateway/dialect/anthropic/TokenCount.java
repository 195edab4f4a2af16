package org.sluice.gateway.dialect.anthropic;

import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;

/**
 * {@code {"input_tokens": n}}, the answer of {@code count_tokens}.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/token-counting">Claude: token counting</a>
 */
final class TokenCount {
    private static final String MEMBER = "input_tokens";

    private TokenCount() { }

    static byte[] write(long inputTokens) {
        return new JsonWriter(32).beginObject().name(MEMBER).value(inputTokens).endObject().toBytes();
    }

    static long read(byte[] body) {
        JsonObject count = ProviderJson.object(Slice.of(body));
        long tokens = count.number(MEMBER, -1);
        if (tokens < 0) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not a count of tokens.");
        }
        return tokens;
    }
}
