package org.sluice.gateway.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignaturesTest {
    @Test
    void an_id_carries_a_signature_and_gives_it_back() {
        String carrying = Signatures.withId("call_1", "gemini:a/+b==é");
        assertThat(carrying).matches("[A-Za-z0-9_-]+");
        assertThat(Signatures.idOf(carrying)).isEqualTo("call_1");
        assertThat(Signatures.ofId(carrying)).isEqualTo("gemini:a/+b==é");
        assertThat(Signatures.withId("call_1", null)).isEqualTo("call_1");
        assertThat(Signatures.idOf("call__ts__%")).isEqualTo("call__ts__%");
        assertThat(Signatures.ofId("call_1")).isNull();
        assertThat(Signatures.idOf(null)).isNull();
    }

    @Test
    void an_id_with_other_characters_has_a_plain_form_from_which_it_comes_back() {
        assertThat(Signatures.plainId("functions.add:0")).isEqualTo("functions_add_0__id__ZnVuY3Rpb25zLmFkZDow");
        for (String id : new String[] {"functions.add:0", "é", "a b", "call_1", "x__id__y", "__id__", "functions_add_0__id__ZnVuY3Rpb25zLmFkZDox"}) {
            String plain = Signatures.plainId(id);
            assertThat(plain).matches("[a-zA-Z0-9_-]+");
            assertThat(Signatures.idOf(plain)).isEqualTo(id);
            assertThat(Signatures.idOf(Signatures.withId(plain, "gemini:s"))).isEqualTo(id);
            assertThat(Signatures.plainId(plain)).isEqualTo(plain);
        }
        assertThat(Signatures.plainId(null)).isNull();
    }

    @Test
    void a_signature_may_say_who_made_it() {
        String made = Signatures.by("xai", Signatures.tag("responses", "rs_1|a:b@c"));
        assertThat(made).isEqualTo("responses@xai:rs_1|a:b@c");
        assertThat(Signatures.makerOf(made)).isEqualTo("xai");
        assertThat(Signatures.untag("responses", made)).isEqualTo("rs_1|a:b@c");
        assertThat(Signatures.untag("gemini", made)).isNull();
        assertThat(Signatures.by("openai", made)).isEqualTo(made);
        assertThat(Signatures.by("openai", "ErcB+/==")).isEqualTo("ErcB+/==");
        assertThat(Signatures.makerOf("responses:rs_1|x@y")).isNull();
        assertThat(Signatures.makerOf(null)).isNull();
        assertThat(Signatures.ownerOf("details")).isEqualTo(Signatures.ANTHROPIC);
        assertThat(Signatures.ownerOf("details@x")).isEqualTo(Signatures.ANTHROPIC);
        assertThat(Signatures.uncarried(Signatures.carried(made))).isEqualTo(made);
    }

    @Test
    void what_a_client_carries_comes_back_as_it_was() {
        assertThat(Signatures.carried("ErcB+/==")).isEqualTo("ErcB+/==");
        assertThat(Signatures.uncarried(Signatures.carried("gemini:x"))).isEqualTo("gemini:x");
        assertThat(Signatures.uncarried(Signatures.carried("responses:x"))).isEqualTo("responses:x");
        assertThat(Signatures.uncarried(Signatures.unsigned())).isNull();
        assertThat(Signatures.uncarried(null)).isNull();
        assertThat(Signatures.carried(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"__ts__,true", "x__ts__,true", "________ts__,true", "_ts__,false", "__ts_,false", "__t__s__,false", "'',false", "_,false", "__st__ts__,true", "t__ts_,false", "ss__ts__ss,true"})
    void the_mark_is_found_wherever_it_stands(String body, boolean isThere) {
        for (int before = 0; before < 13; before++) {
            for (String filler : new String[] {"a", "_", "t", "s"}) {
                String text = filler.repeat(before) + body;
                assertThat(Signatures.mayBeIn((text + "zz").getBytes(UTF_8))).as(text).isEqualTo(text.contains("__ts__"));
            }
        }
        assertThat(Signatures.mayBeIn(body.getBytes(UTF_8))).isEqualTo(isThere);
    }
}
