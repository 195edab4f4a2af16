package org.sluice.gateway.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.dialect.Body;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.RequestOutline;
import org.sluice.gateway.json.JsonReader;

class ForwardedRequestTest {
    private static final Dialect DIALECT = new OpenAiDialect();

    private static Body body(String json, String model, String... gatewayMembers) {
        return DIALECT.forward(DIALECT.readOutline(json.getBytes(UTF_8)), model, Set.of(gatewayMembers));
    }

    private static String forward(String json, String model, String... gatewayMembers) {
        Body body = body(json, model, gatewayMembers);
        assertThat(body.toBytes()).hasSize(body.length());
        return new String(body.toBytes(), UTF_8);
    }

    @Test
    void an_unchanged_body_is_the_same_array() {
        byte[] bytes = " {\"model\":\"m\", \"messages\":[] }\n".getBytes(UTF_8);
        Body body = DIALECT.forward(DIALECT.readOutline(bytes), "m", Set.of("metadata"));
        assertThat(body.toBytes()).isSameAs(bytes);
        assertThat(body(" {\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}", "m").slices()).hasSize(1);
    }

    @Test
    void the_model_is_renamed_and_nothing_else() {
        assertThat(forward("{ \"a\":1e2, \"model\" : \"groq/x\" ,\"tools\":[ {} ]}", "x")).isEqualTo("{ \"a\":1e2, \"model\" : \"x\" ,\"tools\":[ {} ]}");
        assertThat(forward("{\"model\":\"\"}", "a\"b")).isEqualTo("{\"model\":\"a\\\"b\"}");
        assertThat(forward("{\"messages\":[]}", "x")).isEqualTo("{\"messages\":[],\"model\":\"x\"}");
        assertThat(forward(" { } ", "x")).isEqualTo(" {\"model\":\"x\" } ");
    }

    @Test
    void gateway_members_are_cut_out_wherever_they_stand() {
        assertThat(forward("{\"g\":{\"a\":[1]}, \"model\":\"m\" , \"x\":1}", "m", "g")).isEqualTo("{\"model\":\"m\" , \"x\":1}");
        assertThat(forward("{\"model\":\"m\" , \"g\":1 , \"x\":1}", "m", "g")).isEqualTo("{\"model\":\"m\" , \"x\":1}");
        assertThat(forward("{\"model\":\"m\" , \"x\":1 , \"g\":1 }", "m", "g")).isEqualTo("{\"model\":\"m\" , \"x\":1 }");
        assertThat(forward("{\"g\":1,\"h\":2,\"model\":\"m\",\"g2\":3,\"h2\":4}", "m", "g", "h", "g2", "h2")).isEqualTo("{\"model\":\"m\"}");
        assertThat(forward("{\"\\u0067\":1,\"model\":\"m\"}", "m", "g")).isEqualTo("{\"model\":\"m\"}");
        assertThat(JsonReader.readMembers(forward("{\"g\":1}", "m", "g").getBytes(UTF_8))).containsOnlyKeys("model");
    }

    @Test
    void a_stream_is_asked_for_its_usage() {
        assertThat(forward("{\"model\":\"m\",\"stream\":true}", "m")).isEqualTo("{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        assertThat(forward("{\"stream_options\":{ },\"stream\":true,\"model\":\"m\"}", "m")).isEqualTo("{\"stream_options\":{\"include_usage\":true},\"stream\":true,\"model\":\"m\"}");
        assertThat(forward("{\"stream_options\":null,\"stream\":true,\"model\":\"m\"}", "m")).isEqualTo("{\"stream_options\":{\"include_usage\":true},\"stream\":true,\"model\":\"m\"}");
        assertThat(forward("{\"model\":\"m\",\"stream\":true,\"stream_options\":{ \"x\":1 , \"include_usage\" : false }}", "m"))
                .isEqualTo("{\"model\":\"m\",\"stream\":true,\"stream_options\":{ \"x\":1 , \"include_usage\" : true }}");
        assertThat(forward("{\"model\":\"m\",\"stream\":true,\"stream_options\":{ \"x\":1}}", "m"))
                .isEqualTo("{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true, \"x\":1}}");
        assertThat(forward("{\"model\":\"m\",\"stream\":false,\"stream_options\":{\"x\":1}}", "m")).endsWith("{\"x\":1}}");
    }

    @Test
    void p6_p14_numbers_order_and_white_space_stay_as_they_are() {
        String rest = "\"tools\":[ {\"b\" : 1.0,\n\"a\":1e2, \"a\":0.1000} ],\"user_metadata\":12345678901234567890123,\"x\":\"\\ud800\\u0000/\\/\"";
        assertThat(forward("{\"model\":\"a\"," + rest + "}", "b")).isEqualTo("{\"model\":\"b\"," + rest + "}");
    }

    /** Any request: what goes out parses, holds what came in without the gateway's members, every value spelled as it was. */
    @Test
    void random_requests_keep_everything_but_what_is_cut() {
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            RandomJson json = new RandomJson(random);
            Map<String, String> members = new LinkedHashMap<>();
            List<String> names = new ArrayList<>(List.of("a", "b", "gate", "way", "é", "q\\\"x"));
            java.util.Collections.shuffle(names, random);
            names.subList(0, random.nextInt(names.size())).forEach(name -> members.put(name, json.value(3)));
            if (random.nextBoolean()) {
                members.put("model", "\"from\"");
            }
            boolean isStream = random.nextBoolean();
            if (isStream) {
                members.put("stream", "true");
            }
            if (random.nextInt(3) == 0) {
                members.put("stream_options", List.of("null", "{}", "{\"include_usage\":true}", "{\"y\":[1,2]}", "{\"y\":1,\"include_usage\":false}").get(random.nextInt(5)));
            }
            assertForwarded(json.object(members), members, isStream, random.nextBoolean() ? "to" : "from");
        }
    }

    private static void assertForwarded(String source, Map<String, String> members, boolean isStream, String upstreamModel) {
        RequestOutline in = DIALECT.readOutline(source.getBytes(UTF_8));
        RequestOutline out = DIALECT.readOutline(DIALECT.forward(in, upstreamModel, Set.of("gate", "way")).toBytes());
        Set<String> expected = new LinkedHashSet<>(in.members().keySet());
        expected.removeAll(Set.of("gate", "way"));
        expected.add("model");
        if (isStream) {
            expected.add("stream_options");
        }
        assertThat(out.members().keySet()).as(source).containsExactlyElementsOf(expected);
        assertThat(out.model()).isEqualTo(upstreamModel);
        assertThat(!isStream || out.includeUsage()).as(source).isTrue();
        for (String name : in.members().keySet()) {
            if (!Set.of("gate", "way", "model", "stream_options").contains(name)) {
                assertThat(out.value(name).text()).as(source).isEqualTo(in.value(name).text());
            }
        }
        if (members.containsKey("stream_options") && members.get("stream_options").contains("\"y\"")) {
            assertThat(JsonReader.readMembers(out.value("stream_options").toBytes())).containsKey("y");
        }
    }
}
