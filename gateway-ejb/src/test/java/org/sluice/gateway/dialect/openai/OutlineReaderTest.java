package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Hostile and odd bodies; the numbers are those of the test catalogue. */
class OutlineReaderTest {
    private static final Dialect DIALECT = new OpenAiDialect();

    private static RequestOutline read(String body) {
        return DIALECT.readOutline(body.getBytes(UTF_8));
    }

    private static GatewayException refusal(byte[] body) {
        GatewayException refusal = catchThrowableOfType(GatewayException.class, () -> DIALECT.readOutline(body));
        assertThat(refusal).as("a refusal").isNotNull();
        assertThat(refusal.status()).isEqualTo(400);
        return refusal;
    }

    private static GatewayException refusal(String body) {
        return refusal(body.getBytes(UTF_8));
    }

    private static void assertParam(String body, String param) {
        GatewayException refusal = refusal(body);
        assertThat(refusal.type()).as(refusal.getMessage()).isEqualTo(ErrorType.INVALID_VALUE);
        assertThat(refusal.param()).isEqualTo(param);
    }

    private static String member(String name, String value) {
        return "{\"model\":\"m\",\"messages\":[],\"" + name + "\":" + value + "}";
    }

    @Test
    void an_ordinary_request_is_outlined() {
        RequestOutline outline = read("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        assertThat(outline.model()).isEqualTo("gpt-4o");
        assertThat(outline.stream()).isTrue();
        assertThat(outline.includeUsage()).isTrue();
        assertThat(outline.value("messages").text()).isEqualTo("[{\"role\":\"user\",\"content\":\"hi\"}]");
        RequestOutline bare = read("{}");
        assertThat(bare.model()).isEmpty();
        assertThat(bare.stream()).isFalse();
        assertThat(read("{\"model\":\"\"}").model()).isEmpty();
        assertThat(read("{\"model\":\"a\",\"stream\":null,\"stream_options\":null,\"stop\":null,\"tools\":null}").stream()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "azure/gpt-4o", "@cf/meta/llama-3.1-8b", "bedrock/anthropic.claude-3-5-sonnet-20240620-v1:0",
        "vertex_ai/claude@20240620", "ft:gpt-4o:org::id", "a", "accounts/fireworks/models/x", "model+x"})
    void names_of_real_models_pass(String model) {
        assertThat(read("{\"model\":\"" + model + "\"}").model()).isEqualTo(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "[]", "{}", "\"../x\"", "\"a//b\"", "\"a/\"", "\"-a\"", "\"a b\"", "\"a?b\"", "\"a#b\"", "\"\\ud800\"",
        "\"é\"", "\"a\\u0000\"", "\"a/..\"", "\".hidden\""})
    void what_is_no_model_name_is_refused(String model) {
        assertParam("{\"model\":" + model + "}", "model");
        assertParam("{\"model\":\"" + "a".repeat(201) + "\"}", "model");
        assertThat(read("{\"model\":\"" + "a".repeat(200) + "\"}").model()).hasSize(200);
    }

    @Test
    void an_escaped_model_name_is_read_unescaped() {
        assertThat(read("{\"model\":\"gpt\\u002d4\"}").model()).isEqualTo("gpt-4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metadata", "tools", "messages"})
    void p1_nesting_beyond_64_is_refused(String where) {
        String deep = "[".repeat(65) + "]".repeat(65);
        assertThat(refusal(member("x", "1").replace("\"x\":1", "\"" + where + "x\":" + deep)).getMessage()).contains("64");
        String objects = "{\"a\":".repeat(65) + "1" + "}".repeat(65);
        assertThat(refusal("{\"" + where + "\":" + objects + "}").type()).isEqualTo(ErrorType.INVALID_JSON);
    }

    @Test
    void p2_a_bomb_of_brackets_is_refused() {
        assertThat(refusal("[".repeat(1_000_000)).type()).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal("{\"a\":".repeat(100_000)).type()).isEqualTo(ErrorType.INVALID_JSON);
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 2_000, 1_000_000})
    void p3_long_numbers_are_refused(int digits) {
        assertThat(refusal(member("seed", "9".repeat(digits))).type()).isIn(ErrorType.INVALID_JSON, ErrorType.INVALID_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1e2", "129", "2147483648", "\"3\"", "true", "[]", "{}", "1E0", "99999999999999999999"})
    void p4_n_is_an_integer_literal_from_1_to_128(String n) {
        assertParam(member("n", n), "n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "128", "null"})
    void p4_a_good_n_passes(String n) {
        assertThat(read(member("n", n)).members()).containsKey("n");
    }

    @Test
    void p4_an_exponent_out_of_bounds_is_refused_with_the_document() {
        assertThat(refusal(member("n", "1e999")).type()).isEqualTo(ErrorType.INVALID_JSON);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"temperature|\"1\"", "temperature|2.1", "temperature|-0.1", "temperature|true", "temperature|1e300",
        "top_p|1.1", "top_p|[]", "presence_penalty|-2.1", "frequency_penalty|3", "max_tokens|9223372036854775808", "max_tokens|0",
        "max_tokens|1.0", "max_tokens|2147483648", "max_completion_tokens|-5", "max_completion_tokens|\"5\"", "stream|\"yes\"", "stream|1",
        "stream_options|[]", "stream_options|true", "messages|{}", "messages|\"hi\"", "messages|null", "tools|{}", "stop|5", "stop|{}",
        "logit_bias|[]", "metadata|\"x\"", "fallback_models|\"a\"", "models|{}"})
    void p5_values_out_of_range_or_kind_are_refused(String name, String value) {
        assertParam(name.equals("messages") ? "{\"messages\":" + value + "}" : member(name, value), name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"temperature|-0.0", "temperature|2", "temperature|1e-3", "temperature|null", "top_p|0.5",
        "presence_penalty|-2", "frequency_penalty|2.0", "max_tokens|1", "max_tokens|2147483647", "stop|\"x\"", "stop|[]", "stop|[\"a\",\"b\"]",
        "logit_bias|{}", "metadata|{}", "stream_options|{}"})
    void p5_values_in_range_pass(String name, String value) {
        assertThat(read(member(name, value)).members()).containsKey(name);
    }

    @Test
    void p5_include_usage_is_a_boolean() {
        assertParam(member("stream_options", "{\"include_usage\":1}"), "stream_options.include_usage");
        assertThat(read(member("stream_options", "{\"include_usage\":null}")).includeUsage()).isFalse();
        assertThat(read(member("stream_options", "{\"x\":1,\"include_\\u0075sage\" : true}")).includeUsage()).isTrue();
    }

    @Test
    void p7_names_that_stand_twice_are_refused_where_they_matter() {
        assertThat(refusal("{\"model\":\"a\",\"model\":\"b\"}").type()).isEqualTo(ErrorType.DUPLICATE_KEY);
        assertThat(refusal("{\"model\":\"a\",\"m\\u006fdel\":\"b\"}").param()).isEqualTo("model");
        for (String strict : new String[] {"credential_override", "customer_credentials", "customer_api_keys", "respan_params", "keywordsai_params"}) {
            GatewayException refusal = refusal("{\"" + strict + "\":{\"a\":{\"b\":{\"api_key\":\"x\",\"api_key\":\"sentinel\"}}}}");
            assertThat(refusal.type()).isEqualTo(ErrorType.DUPLICATE_KEY);
            assertThat(refusal.getMessage()).doesNotContain("sentinel");
        }
        assertThat(read(member("tools", "[{\"type\":\"function\",\"function\":{\"parameters\":{\"a\":1,\"a\":2}}}]")).members()).containsKey("tools");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model\":\"a\"}{\"model\":\"b\"}", "{\"model\":\"a\",}", "{\"model\":\"a\"/**/}", "{'model':'a'}", "{\"temperature\":NaN}",
        "{\"a\":\"\u0001\"}", "", "null", "[]", "\"x\"", "{", "{\"a\":\"\\x\"}"})
    void p8_what_is_not_one_json_object_is_refused(String body) {
        assertThat(refusal(body).type()).isEqualTo(ErrorType.INVALID_JSON);
    }

    @Test
    void p9_other_encodings_are_refused() {
        assertThat(refusal("{\"model\":\"a\"}".getBytes(UTF_16LE)).type()).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal("\ufeff{\"model\":\"a\"}".getBytes(UTF_8)).getMessage()).contains("UTF-8");
        for (int[] bad : new int[][] {{0xc3, 0x28}, {0xed, 0xa0, 0x80}, {0xc0, 0xae}}) {
            byte[] inValue = "{\"model\":\"a\",\"user\":\"___\"}".getBytes(UTF_8);
            byte[] inName = "{\"___\":1}".getBytes(UTF_8);
            for (int i = 0; i < bad.length; i++) {
                inValue[21 + i] = (byte) bad[i];
                inName[2 + i] = (byte) bad[i];
            }
            assertThat(refusal(inValue).getMessage()).contains("UTF-8");
            assertThat(refusal(inName).getMessage()).contains("UTF-8");
        }
    }

    @Test
    void p10_half_a_surrogate_pair_passes_in_content_only() {
        assertThat(read("{\"model\":\"a\",\"messages\":[{\"content\":\"\\ud800\"}]}").model()).isEqualTo("a");
        assertParam("{\"model\":\"a\\ud800\"}", "model");
        assertThat(refusal("{\"\\ud800\":1}").type()).isIn(ErrorType.INVALID_VALUE, ErrorType.INVALID_JSON);
    }

    @Test
    void p11_an_escaped_nul_passes_in_content() {
        assertThat(read("{\"model\":\"a\",\"messages\":[{\"content\":\"\\u0000\"}]}").model()).isEqualTo("a");
    }

    @Test
    void p12_metadata_is_bounded_in_members_and_bytes() {
        assertParam(member("metadata", members(65)), "metadata");
        assertParam(member("metadata", members(32_768)), "metadata");
        assertThat(read(member("metadata", members(64))).members()).containsKey("metadata");
        assertParam(member("metadata", "{\"a\":\"" + "x".repeat(17_000) + "\"}"), "metadata");
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"k" + i + "\":" + i).collect(Collectors.joining(",", "{", "}"));
    }

    private static String items(int count, String item) {
        return "[" + (item + ",").repeat(count - 1) + item + "]";
    }

    @Test
    void p13_sizes_are_bounded() {
        assertThat(refusal(member("x", items(1_000_001, "1"))).type()).isEqualTo(ErrorType.INVALID_JSON);
        assertThat(refusal(member("x", members(200_000))).type()).isIn(ErrorType.INVALID_VALUE, ErrorType.INVALID_JSON);
        assertThat(read(member("user", "\"" + "a".repeat(8_000_000) + "\"")).model()).isEqualTo("m");
        assertParam("{\"messages\":" + items(4097, "{}") + "}", "messages");
        assertThat(read("{\"messages\":" + items(4096, "{\"content\":\"a,b]\\\"\"}") + "}").members()).hasSize(1);
        assertParam(member("tools", items(1025, "{}")), "tools");
        assertParam(member("fallback_models", items(17, "\"a\"")), "fallback_models");
        assertParam(member("models", items(65, "\"a\"")), "models");
    }

    @Test
    void p16_names_that_mean_something_elsewhere_are_plain_data() {
        assertThat(read("{\"model\":\"a\",\"__proto__\":{\"x\":1},\"constructor\":1,\"class\":\"x\",\"@type\":\"y\",\"$ref\":\"#\"}").members())
                .containsKeys("__proto__", "constructor", "class", "@type", "$ref");
    }

    @Test
    void p17_a_body_that_is_a_form_is_no_json() {
        assertThat(refusal("--boundary\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nx").type()).isEqualTo(ErrorType.INVALID_JSON);
    }

    @Test
    void p23_lists_of_stops_and_biases_are_bounded() {
        assertParam(member("stop", items(65, "\"a\"")), "stop");
        assertParam(member("stop", items(300_000, "\"a\"")), "stop");
        assertParam(member("logit_bias", members(1025)), "logit_bias");
        assertThat(read(member("logit_bias", members(1024))).members()).containsKey("logit_bias");
        assertThat(read(member("stop", items(64, "\"a\""))).members()).containsKey("stop");
    }

    @Test
    void a_refusal_names_no_value_of_the_body() {
        assertThat(refusal("{\"model\":\"bad model sk-sentinel\"}").getMessage()).doesNotContain("sentinel");
        assertThat(refusal("{\"model\":\"a\",\"x\":sk-sentinel}").getMessage()).doesNotContain("sentinel");
    }
}
