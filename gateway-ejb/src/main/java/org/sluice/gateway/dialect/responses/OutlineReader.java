package org.sluice.gateway.dialect.responses;

import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;

/** Reads the top level of a request and checks the parameters whose values decide what a call may cost. */
final class OutlineReader {
    private static final Set<String> NO_DUPLICATES =
            Set.of("customer_credentials", "credential_override", "customer_api_keys", "model_name_map",
                    "load_balance_group", "load_balance_models", "loadbalance_models", "respan_params", "keywordsai_params");
    private static final int MAX_TOOLS = 1024;
    private static final int MAX_FALLBACKS = 16;
    private static final int MAX_MODELS = 64;
    private static final int MAX_METADATA = 64;
    private static final int MAX_METADATA_BYTES = 16 * 1024;
    private static final int MAX_BYTES = Integer.MAX_VALUE;
    private static final int MAX_MEMBERS = 1024;

    private OutlineReader() { }

    static RequestOutline read(byte[] body) {
        Map<String, Member> members = JsonReader.readMembers(body, NO_DUPLICATES);
        ParameterCheck check = new ParameterCheck(body, members);
        String model = check.model();
        boolean stream = check.flag("stream");
        check.flag("store");
        if (check.flag("background")) {
            throw GatewayException.invalid("background", "'background' cannot be true: answers are given while the call waits; leave it out.");
        }
        if (check.first("input") != 0 && check.first("input") != '"' && check.first("input") != '[') {
            throw GatewayException.invalid("input", "'input' is neither a string nor an array of items.");
        }
        check.text("instructions");
        check.text("previous_response_id");
        check.array("tools", MAX_TOOLS);
        check.array("fallback_models", MAX_FALLBACKS);
        check.array("models", MAX_MODELS);
        check.object("text", MAX_MEMBERS, MAX_BYTES);
        check.object("reasoning", MAX_MEMBERS, MAX_BYTES);
        check.integer("max_output_tokens", 1);
        check.number("temperature", 0, 2);
        check.number("top_p", 0, 1);
        check.object("metadata", MAX_METADATA, MAX_METADATA_BYTES);
        return new RequestOutline(body, model, stream, true, members);
    }
}
