package org.sluice.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sluice.gateway.call.GatewayOptions.Framing;
import org.sluice.gateway.dialect.Slice;

class ReframingTest {
    private static String apply(String prefix, String delimiter, String frame) {
        return new Reframing(new Framing(prefix, delimiter)).apply(Slice.utf8(frame)).text();
    }

    @Test
    void data_stands_between_the_marks() {
        assertThat(apply("", "---", "data: {\"a\":1}\n\ndata: [DONE]\n\n")).isEqualTo("{\"a\":1}---[DONE]---");
        assertThat(apply("x=", "\n", "event: error\r\ndata:{}\r\n\r\n")).isEqualTo("x={}\n");
    }

    @Test
    void the_default_marks_give_the_same_event() {
        assertThat(apply("data: ", "\n\n", "data: é\n\n")).isEqualTo("data: é\n\n");
    }

    @Test
    void comments_are_left_out_and_lines_joined() {
        assertThat(apply("", "|", ": ping\n\ndata: a\ndata: b\n\n")).isEqualTo("a\nb|");
    }
}
