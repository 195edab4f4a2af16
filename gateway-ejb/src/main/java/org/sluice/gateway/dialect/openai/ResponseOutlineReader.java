package org.sluice.gateway.dialect.openai;

import java.util.Map;
import java.util.Set;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.dialect.ResponseOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.json.JsonReader;
import org.sluice.gateway.json.JsonValue;
import org.sluice.gateway.json.JsonValue.JsonLiteral;
import org.sluice.gateway.json.JsonValue.JsonObject;
import org.sluice.gateway.json.JsonValue.JsonString;

/** Finds id, model and usage of a whole answer; the choices are checked to be JSON but not read. */
final class ResponseOutlineReader {
    private static final Set<String> ERROR_SIGNS = Set.of("message", "detail");

    private ResponseOutlineReader() { }

    static ResponseOutline read(byte[] body) {
        Map<String, Member> members = members(body);
        JsonValue error = value(body, members, "error");
        Member choices = members.get("choices");
        boolean hasChoices = choices != null && body[choices.valueFrom()] == '[';
        boolean isError = isSet(error) || !hasChoices && members.keySet().stream().anyMatch(ERROR_SIGNS::contains);
        if (!isError && !hasChoices) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer has no choices.");
        }
        return new ResponseOutline(text(body, members, "id"), text(body, members, "model"),
                UsageReader.read(value(body, members, "usage")), isError);
    }

    private static Map<String, Member> members(byte[] body) {
        try {
            return JsonReader.readMembers(body);
        } catch (GatewayException e) {
            throw new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's answer is not a JSON object.", e);
        }
    }

    private static boolean isSet(JsonValue error) {
        return error instanceof JsonObject object ? !object.members().isEmpty()
                : error instanceof JsonString string ? !string.text().isEmpty() : error != null && error != JsonLiteral.NULL && error != JsonLiteral.FALSE;
    }

    private static String text(byte[] body, Map<String, Member> members, String name) {
        JsonValue value = value(body, members, name);
        return value == null || value.asText() == null || value.asText().isEmpty() ? null : value.asText();
    }

    private static JsonValue value(byte[] body, Map<String, Member> members, String name) {
        Member member = members.get(name);
        return member == null ? null : JsonReader.read(body, member.valueFrom(), member.valueTo());
    }
}
