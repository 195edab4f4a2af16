package org.sluice.gateway.dialect.gemini;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonObject;

/** Reads the top level of a request and checks what decides where it goes and what it may cost. */
final class OutlineReader {
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9@][A-Za-z0-9._:@/+-]{0,199}");
    private static final int MAX_CONTENTS = 4_096;
    private static final int MAX_TOOLS = 1_024;
    private static final int MAX_STOPS = 64;
    private static final int MAX_CANDIDATES = 128;

    private final byte[] body;
    private final Map<String, Member> members;

    private OutlineReader(byte[] body) {
        this.body = body;
        this.members = JsonReader.readMembers(body, Set.of("customer_credentials", "credential_override", "respan_params", "keywordsai_params"));
    }

    static RequestOutline read(byte[] body) {
        return new OutlineReader(body).outline();
    }

    private RequestOutline outline() {
        String model = model();
        list("contents", MAX_CONTENTS);
        list("tools", MAX_TOOLS);
        object("toolConfig");
        object("generateContentRequest");
        object("generationConfig");
        if (find("generationConfig") != null && value(find("generationConfig")) instanceof JsonObject config) {
            config(config);
        }
        return new RequestOutline(body, model, false, true, members);
    }

    /** The path says which model; the body may repeat it. */
    private String model() {
        JsonValue value = members.get("model") == null ? null : value(members.get("model"));
        if (value == null || value.isNull()) {
            return "";
        }
        String model = value.asText() == null ? "" : value.asText().replaceFirst("^models/", "");
        if (!MODEL.matcher(model).matches() || model.contains("..") || model.contains("//") || model.endsWith("/")) {
            throw GatewayException.invalid("model", "'model' is not a model name.");
        }
        return model;
    }

    private static void config(JsonObject config) {
        positive(config, "maxOutputTokens", Integer.MAX_VALUE);
        positive(config, "candidateCount", MAX_CANDIDATES);
        if (Fields.items(config, "stopSequences").size() > MAX_STOPS) {
            throw GatewayException.invalid("generationConfig.stopSequences", "'generationConfig.stopSequences' holds more than " + MAX_STOPS + " items.");
        }
    }

    private static void positive(JsonObject config, String name, long max) {
        long number = Fields.number(config, name, -1);
        if (Fields.get(config, name) != null && (number < 0 || number > max)) {
            throw GatewayException.invalid("generationConfig." + name, "'generationConfig." + name + "' is not a whole number up to " + max + ".");
        }
    }

    private Member find(String camel) {
        for (Map.Entry<String, Member> entry : members.entrySet()) {
            if (Fields.camel(entry.getKey()).equals(camel)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private void object(String name) {
        Member member = find(name);
        if (member != null && body[member.valueFrom()] != '{' && body[member.valueFrom()] != 'n') {
            throw GatewayException.invalid(name, "'" + name + "' is not an object.");
        }
    }

    /** Google takes one item in place of a list of one. */
    private void list(String name, int max) {
        Member member = find(name);
        if (member == null || body[member.valueFrom()] == 'n' || body[member.valueFrom()] == '{') {
            return;
        }
        if (body[member.valueFrom()] != '[') {
            throw GatewayException.invalid(name, "'" + name + "' is not an array.");
        }
        if (commas(member) >= max) {
            throw GatewayException.invalid(name, "'" + name + "' holds more than " + max + " items.");
        }
    }

    /** Commas between the items of an array that is known to be well-formed. */
    private int commas(Member array) {
        int depth = 0;
        int commas = 0;
        boolean isText = false;
        for (int at = array.valueFrom(); at < array.valueTo(); at++) {
            byte c = body[at];
            if (isText) {
                at += c == '\\' ? 1 : 0;
                isText = c != '"';
            } else if (c == '"') {
                isText = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 1) {
                commas++;
            }
        }
        return commas;
    }

    private JsonValue value(Member member) {
        return JsonReader.read(body, member.valueFrom(), member.valueTo());
    }
}
