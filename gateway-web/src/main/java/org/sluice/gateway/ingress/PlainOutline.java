package org.sluice.gateway.ingress;

import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;

/** The top level of a JSON body that is no chat: its members and the model, nothing else is looked at. */
final class PlainOutline {
    private static final Set<String> NO_DUPLICATES = Set.of("customer_credentials", "credential_override", "customer_api_keys", "model_name_map",
                    "load_balance_group", "load_balance_models", "loadbalance_models", "respan_params", "keywordsai_params");
    private static final int LONGEST_MODEL = 512;

    private PlainOutline() { }

    /** @param otherwise the model when none is named; may be empty */
    static RequestOutline read(byte[] body, String otherwise) {
        Map<String, Member> members = JsonReader.readMembers(body, NO_DUPLICATES);
        Member member = members.get("model");
        JsonValue model = member == null ? null : JsonReader.read(body, member.valueFrom(), member.valueTo());
        boolean isNamed = model != null && !model.isNull();
        if (isNamed && (model.asText() == null || model.asText().length() > LONGEST_MODEL)) {
            throw GatewayException.invalid("model", "'model' is not a string of at most " + LONGEST_MODEL + " characters.");
        }
        return new RequestOutline(body, isNamed ? model.asText() : otherwise, false, false, members);
    }

    /** The same of a body that is the provider's alone, and need be no object. */
    static RequestOutline readForeign(byte[] body) {
        try {
            return read(body, "");
        } catch (GatewayException notForUs) {
            return new RequestOutline(body, "", false, false, Map.of());
        }
    }
}
