package org.sluice.gateway.provider.bedrock;

import java.util.Base64;
import org.sluice.gateway.chat.RawJson;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonWriter;
import org.sluice.gateway.json.MemberSplice;

/**
 * CountTokens: the body of an InvokeModel, in Base64. It must be one that could be answered, so it needs a bound, which the
 * count does not depend on.
 *
 * @see <a href="https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html">Bedrock: CountTokens</a>
 */
final class CountBody {
    private static final long BOUND = 4096;

    private CountBody() { }

    static Body of(MemberSplice invoked) {
        if (!invoked.has("max_tokens")) {
            Slice thinking = invoked.value("thinking");
            long budget = thinking != null && JsonReader.read(thinking.array(), thinking.from(), thinking.to()) instanceof JsonObject object
                    ? object.number("budget_tokens", 0) : 0;
            invoked.set("max_tokens", new RawJson(Long.toString(BOUND + budget)));
        }
        return Body.of(new JsonWriter().beginObject().name("input").beginObject().name("invokeModel").beginObject().name("body")
                .value(Base64.getEncoder().encodeToString(invoked.toBody().toBytes())).endObject().endObject().endObject().toBytes());
    }

    /** The id that counts: those of a profile across regions are refused. */
    static String model(String id) {
        return id.replaceFirst("^(us|us-gov|eu|apac|jp|au|ca|global)\\.", "");
    }

    static long read(byte[] answer) {
        try {
            long counted = JsonReader.readObject(answer).number("inputTokens", -1);
            if (counted >= 0) {
                return counted;
            }
        } catch (GatewayException notJson) {
            // told below
        }
        throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not a count of tokens.");
    }
}
