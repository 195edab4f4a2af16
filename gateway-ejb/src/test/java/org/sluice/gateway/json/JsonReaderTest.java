package org.sluice.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.RequestOutline.Member;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class JsonReaderTest {
    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String value(String json, String name) {
        Member m = JsonReader.readMembers(bytes(json)).get(name);
        return new String(bytes(json), m.valueFrom(), m.valueTo() - m.valueFrom(), UTF_8);
    }

    private static ErrorType refusal(byte[] body) {
        try {
            JsonReader.readMembers(body);
            return null;
        } catch (GatewayException e) {
            return e.type();
        }
    }

    @Test
    void every_top_level_member_is_found_with_its_exact_bytes() {
        String json = " { \"model\" : \"gpt\\u002d4\" ,\n\"n\":1e2,\"é\":[1, {\"a\":\"}\"}] , \"x\":null, \"t\":true }  ";
        assertThat(value(json, "model")).isEqualTo("\"gpt\\u002d4\"");
        assertThat(value(json, "n")).isEqualTo("1e2");
        assertThat(value(json, "é")).isEqualTo("[1, {\"a\":\"}\"}]");
        assertThat(value(json, "x")).isEqualTo("null");
        assertThat(value(json, "t")).isEqualTo("true");
        Map<String, Member> members = JsonReader.readMembers(bytes(json));
        members.forEach((name, m) -> assertThat(bytes(json)[m.nameFrom()]).as(name).isEqualTo((byte) '"'));
        assertThat(members.keySet()).containsExactly("model", "n", "é", "x", "t");
    }

    @Test
    void names_are_compared_unescaped() {
        assertThat(JsonReader.readMembers(bytes("{\"m\\u006fdel\":1}"))).containsKey("model");
        assertThat(refusal(bytes("{\"model\":1,\"m\\u006fdel\":2}"))).isEqualTo(ErrorType.DUPLICATE_KEY);
        assertThat(refusal(bytes("{\"a\":{\"b\":1,\"b\":2}}"))).isEqualTo(ErrorType.DUPLICATE_KEY);
        assertThat(refusal(bytes("{\"tools\":[{\"b\":1,\"b\":2}]}"))).isNull();
        assertThatThrownBy(() -> JsonReader.readMembers(bytes("{\"c\":[{\"b\":1,\"b\":2}]}"), Set.of("c")))
                .isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.DUPLICATE_KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"x\"", "{\"model\":\"a\"}{\"model\":\"b\"}", "{\"a\":1,}", "{\"a\":1 /*c*/}", "{'a':1}",
        "{\"a\":NaN}", "{\"a\":\"\u0001\"}", "{\"a\":1", "{\"a\"", "{\"a\":01}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":1}x"})
    void what_is_not_one_json_object_is_refused(String body) {
        assertThat(refusal(bytes(body))).isEqualTo(ErrorType.INVALID_JSON);
    }

    @Test
    void bytes_that_are_not_utf8_are_refused() {
        int[][] bad = {{0xc3, 0x28}, {0xed, 0xa0, 0x80}, {0xc0, 0xae}, {0xf5, 0x80, 0x80, 0x80}, {0xe2, 0x82}, {0x80}};
        for (int[] sequence : bad) {
            byte[] body = bytes("{\"a\":\"0123456789________\"}");
            for (int i = 0; i < sequence.length; i++) {
                body[16 + i] = (byte) sequence[i];
            }
            assertThat(refusal(body)).isEqualTo(ErrorType.INVALID_JSON);
        }
        assertThat(refusal(bytes("\ufeff{\"a\":1}"))).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal("{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE))).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal(bytes("{\"a\":\"é€😀\"}"))).isNull();
    }

    @Test
    void bombs_are_refused_quickly_and_without_stack() {
        assertThat(refusal(bytes("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}"))).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal(bytes("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}"))).isNull();
        assertThat(refusal(bytes("[".repeat(1_000_000)))).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal(bytes("{\"a\":".repeat(100_000)))).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal(bytes("{\"a\":" + "1".repeat(41) + "}"))).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal(bytes("{\"a\":" + "1".repeat(1_000_000) + "}"))).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal(bytes("{\"a\":" + "1".repeat(40) + "}"))).isNull();
        assertThat(refusal(bytes("{\"a\":1e999}"))).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal(bytes("{\"a\":1e308}"))).isNull();
        assertThat(refusal(bytes("{\"a\":[" + "1,".repeat(1_000_000) + "1]}"))).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal(bytes("{\"" + "k".repeat(1025) + "\":1}"))).isEqualTo(ErrorType.INVALID_JSON);
        StringBuilder wide = new StringBuilder("{\"a\":{\"k0\":1");
        for (int i = 1; i <= 65_536; i++) {
            wide.append(",\"k").append(i).append("\":1");
        }
        assertThat(refusal(bytes(wide.append("}}").toString()))).isEqualTo(ErrorType.INVALID_VALUE);
    }

    @Test
    void a_tree_keeps_exact_text() {
        JsonValue.JsonObject tree = JsonReader.readObject(bytes("{\"s\":\"\\ud800\",\"o\":{ \"b\":1.0, \"a\":[1e2] },\"n\":-0.0}"));
        assertThat(tree.get("o").raw().text()).isEqualTo("{ \"b\":1.0, \"a\":[1e2] }");
        assertThat(tree.get("n").raw().text()).isEqualTo("-0.0");
        assertThat(tree.get("s").raw().text()).isEqualTo("\"\\ud800\"");
    }

    @Test
    void a_written_string_is_read_back_equal() {
        String text = "é€😀\ud83d\u0000\u001f\"\\/\n\t\u2028";
        byte[] json = new JsonWriter().beginObject().name("a").value(text).name("b").value(1).name("c").beginArray().value("x").value(true).endArray().endObject().toBytes();
        assertThat(JsonReader.readObject(json).text("a")).isEqualTo(text);
        assertThat(JsonReader.readObject(json).items("c")).hasSize(2);
    }
}
