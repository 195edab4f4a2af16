package org.sluice.gateway.ingress;

import java.util.Map;
import org.sluice.gateway.call.PromptReference;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.prompt.ReferenceReader;
import org.sluice.gateway.provider.Operation;

/** Reads which managed prompt a call uses (contract 7.1). */
final class PromptReader {
    private PromptReader() { }

    /**
     * Null when there is none. Endpoints without a conversation are told by the pipeline that it does not work there.
     *
     * @param merged the gateway's parameters, nulls taken out
     */
    static PromptReference read(Map<String, JsonValue> merged, Operation operation) {
        JsonValue prompt = merged.get("prompt");
        boolean isConversation = operation == Operation.CHAT || operation == Operation.COUNT_TOKENS;
        if (prompt == null || !isConversation || prompt instanceof JsonObject object && object.members().isEmpty()) {
            return null;
        }
        return ReferenceReader.read(prompt, merged.get("variables"), GatewayOptionsReader.NAMES);
    }
}
