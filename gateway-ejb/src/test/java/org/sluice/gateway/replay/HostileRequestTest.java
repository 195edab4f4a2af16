package org.sluice.gateway.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Bodies that are made to break a reader, at the door of every dialect: refused in a way its clients understand. */
class HostileRequestTest {
    private static final Map<String, String> ASKING = Map.of("openai", "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]",
            "anthropic", "\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]", "gemini", "\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]", "responses", "\"model\":\"m\",\"input\":\"x\"");
    private static final Map<String, String> CONVERSATION = Map.of("openai", "messages", "anthropic", "messages", "gemini", "contents", "responses", "input");

    static Stream<Dialect> doors() {
        return ASKING.keySet().stream().sorted().map(name -> Wired.dialect(name).orElseThrow());
    }

    private static void refused(Dialect door, String why, byte[] body, ErrorType type) {
        GatewayException failure = catchThrowableOfType(GatewayException.class, () -> door.readRequest(door.readOutline(body), Set.of()));
        assertThat(failure).as(door.name() + ": " + why).isNotNull();
        assertThat(failure.type()).as(door.name() + ": " + why).isEqualTo(type);
        assertThat(failure.status()).isEqualTo(400);
        WireFormat format = WireFormat.ALL.stream().filter(one -> one.dialect().equals(door.name())).findFirst().orElseThrow();
        assertThat(format.errorMessage(Tree.read(door.writeError(failure, "call-1")))).isNotBlank().doesNotContain("Exception").hasSizeLessThan(2_000);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void what_is_no_json_is_refused(Dialect door) {
        String asking = ASKING.get(door.name());
        refused(door, "empty", new byte[0], ErrorType.INVALID_JSON);
        refused(door, "an array", "[]".getBytes(UTF_8), ErrorType.INVALID_JSON);
        refused(door, "half", ("{" + asking).getBytes(UTF_8), ErrorType.INVALID_JSON);
        refused(door, "two documents", ("{" + asking + "}{}").getBytes(UTF_8), ErrorType.INVALID_JSON);
        refused(door, "a mark first", ("\ufeff{" + asking + "}").getBytes(UTF_8), ErrorType.INVALID_JSON);
        refused(door, "UTF-16", ("{" + asking + "}").getBytes(UTF_16LE), ErrorType.INVALID_JSON);
        for (String bad : new String[] {"\u00c3\u0028", "\u00ed\u00a0\u0080", "\u00c0\u00ae"}) {
            refused(door, "no UTF-8", ("{" + asking.replace("\"x\"", "\"" + bad + "\"") + "}").getBytes(ISO_8859_1), ErrorType.INVALID_JSON);
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void bombs_are_refused(Dialect door) {
        String asking = ASKING.get(door.name());
        refused(door, "a million brackets", "[".repeat(1_000_000).getBytes(UTF_8), ErrorType.INVALID_JSON);
        refused(door, "depth", ("{" + asking + ",\"tools\":" + "[".repeat(70) + "]".repeat(70) + "}").getBytes(UTF_8), ErrorType.INVALID_JSON);
        refused(door, "digits", ("{" + asking + ",\"seed\":" + "9".repeat(100_000) + "}").getBytes(UTF_8), ErrorType.INVALID_JSON);
        refused(door, "a long name", ("{" + asking + ",\"" + "n".repeat(5_000) + "\":1}").getBytes(UTF_8), ErrorType.INVALID_JSON);
    }

    @ParameterizedTest
    @MethodSource("doors")
    void a_name_that_stands_twice_is_refused_however_it_is_spelled(Dialect door) {
        String asking = ASKING.get(door.name());
        String twice = CONVERSATION.get(door.name());
        refused(door, "twice", ("{" + asking + ",\"" + twice + "\":[]}").getBytes(UTF_8), ErrorType.DUPLICATE_KEY);
        refused(door, "twice, escaped", ("{" + asking + ",\"" + String.format("\\u%04x", (int) twice.charAt(0)) + twice.substring(1) + "\":[]}").getBytes(UTF_8), ErrorType.DUPLICATE_KEY);
    }

    /** What nobody knows passes as it is spelled, to a provider of the same dialect. */
    @ParameterizedTest
    @MethodSource("doors")
    void numbers_names_and_order_pass_as_they_are_spelled(Dialect door) {
        String body = "{ " + ASKING.get(door.name()) + " ,\n\"brand_new\" : {\"__proto__\":{\"constructor\":1.0},\"@type\":\"x\",\"z\":1e2 , \"a\":0.1000,\"$ref\":12345678901234567890123}}";
        RequestOutline outline = door.readOutline(body.getBytes(UTF_8));
        assertThat(new String(door.forward(outline, "m", Set.of()).toBytes(), UTF_8)).isEqualTo(body);
    }
}
