package org.sluice.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sluice.gateway.chat.RawJson;

class MemberSpliceTest {
    private static MemberSplice of(String json) {
        return MemberSplice.of(json.getBytes(UTF_8));
    }

    private static String text(MemberSplice splice) {
        return new String(splice.toBody().toBytes(), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"a\":1, \"b\" : 2,\"c\":3}|{\"a\":1,\"c\":3}",
        "{\"b\":2, \"c\":3}|{\"c\":3}",
        "{\"a\":1 , \"b\":2 }|{\"a\":1 }",
        "{ \"b\":2 }|{  }",
        "{\"a\":\"b\"}|{\"a\":\"b\"}",
        "{\"\\u0062\":2,\"a\":1}|{\"a\":1}"})
    void a_member_is_cut_with_its_comma(String json, String cut) {
        assertThat(text(of(json).cut("b"))).isEqualTo(cut);
    }

    @Test
    void a_name_changes_and_nothing_else() {
        assertThat(text(of("{\"a\" : 1e2, \"\\u0062\":[ 1 ]}").rename("a", "x\"y").rename("b", "c").rename("none", "d")))
                .isEqualTo("{\"x\\\"y\" : 1e2, \"c\":[ 1 ]}");
    }

    @Test
    void a_value_is_replaced_or_added() {
        assertThat(text(of("{\"a\" : 1, \"b\":2 }").set("a", new RawJson("{}")).set("z", new RawJson("\"é\"")))).isEqualTo("{\"a\" : {}, \"b\":2,\"z\":\"é\" }");
        assertThat(text(of("{}").set("z", RawJson.NULL))).isEqualTo("{\"z\":null}");
        assertThat(text(of("{\"a\":1}").cut("a").set("z", RawJson.NULL))).isEqualTo("{\"z\":null}");
        assertThat(text(of("{\"a\":1}").rename("a", "b").set("a", RawJson.NULL))).isEqualTo("{\"b\":null}");
    }

    @Test
    void an_unchanged_object_is_the_same_array() {
        byte[] body = "{\"a\":1}".getBytes(UTF_8);
        MemberSplice splice = MemberSplice.of(body).cut("b").rename("c", "d");
        assertThat(splice.isChanged()).isFalse();
        assertThat(splice.toBody().toBytes()).isSameAs(body);
        assertThat(splice.value("a").text()).isEqualTo("1");
        assertThat(splice.value("b")).isNull();
    }

    @Test
    void whatever_is_done_the_object_stays_well_formed() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder json = new StringBuilder("{");
            int count = random.nextInt(5);
            for (int m = 0; m < count; m++) {
                json.append(m == 0 ? "" : random.nextBoolean() ? "," : " , ").append("\"m").append(m).append("\":").append(m);
            }
            MemberSplice splice = of(json.append(random.nextBoolean() ? "}" : " }").toString());
            int expected = count;
            for (int m = 0; m < 6; m++) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        splice.cut("m" + m);
                        expected -= m < count ? 1 : 0;
                    }
                    case 1 -> splice.rename("m" + m, "r" + m);
                    case 2 -> {
                        splice.set("m" + m, RawJson.EMPTY_OBJECT);
                        expected += m < count ? 0 : 1;
                    }
                    default -> { }
                }
            }
            assertThat(JsonReader.readObject(splice.toBody().toBytes()).members()).hasSize(expected);
        }
    }
}
