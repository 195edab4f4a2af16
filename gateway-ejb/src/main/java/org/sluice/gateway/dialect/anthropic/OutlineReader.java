package org.sluice.gateway.dialect.anthropic;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonNumber;

/** Reads the top level of a request and checks the members that decide where it goes and what it may cost. */
final class OutlineReader {
    private static final Set<String> NO_DUPLICATES = Set.of("customer_credentials", "credential_override",
            "customer_api_keys", "model_name_map",
                    "load_balance_group", "load_balance_models", "loadbalance_models", "respan_params", "keywordsai_params", "metadata");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9@][A-Za-z0-9._:@/+-]{0,199}");

    private final byte[] body;
    private final Map<String, Member> members;

    private OutlineReader(byte[] body) {
        this.body = body;
        this.members = JsonReader.readMembers(body, NO_DUPLICATES);
    }

    static RequestOutline read(byte[] body) {
        return new OutlineReader(body).outline();
    }

    private RequestOutline outline() {
        String model = model();
        boolean stream = flag("stream");
        positive("max_tokens");
        open("messages", '[');
        open("tools", '[');
        open("stop_sequences", '[');
        open("metadata", '{');
        return new RequestOutline(body, model, stream, true, members);
    }

    private String model() {
        JsonValue value = value("model");
        String model = value == null ? "" : value.asText();
        if (model == null || !model.isEmpty() && (!MODEL.matcher(model).matches() || model.contains("..")
                || model.contains("//") || model.endsWith("/"))) {
            throw GatewayException.invalid("model", "'model' is not a model name.");
        }
        return model;
    }

    private boolean flag(String name) {
        JsonValue value = value(name);
        if (value != null && value != JsonLiteral.TRUE && value != JsonLiteral.FALSE) {
            throw GatewayException.invalid(name, "'" + name + "' is not true or false.");
        }
        return value == JsonLiteral.TRUE;
    }

    private void positive(String name) {
        JsonValue value = value(name);
        if (value != null && !(value instanceof JsonNumber number && number.isLong() && number.longValue() > 0
                && number.longValue() <= Integer.MAX_VALUE)) {
            throw GatewayException.invalid(name, "'" + name + "' is not a whole number from 1 to " + Integer.MAX_VALUE + ".");
        }
    }

    private void open(String name, char bracket) {
        Member member = members.get(name);
        if (member != null && body[member.valueFrom()] != bracket && body[member.valueFrom()] != 'n') {
            throw GatewayException.invalid(name, "'" + name + "' is not an " + (bracket == '[' ? "array." : "object."));
        }
    }

    /** The value of a scalar member; null when it is absent or JSON null. Not for members that may be long. */
    private JsonValue value(String name) {
        Member member = members.get(name);
        JsonValue value = member == null ? null : JsonReader.read(body, member.valueFrom(), member.valueTo());
        return value == null || value.isNull() ? null : value;
    }
}
