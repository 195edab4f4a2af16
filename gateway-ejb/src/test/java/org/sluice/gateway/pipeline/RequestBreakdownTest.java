package org.sluice.gateway.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.Slice;

/** The summary as a member of a stream's last event, which clients of the dialect pass over. */
class RequestBreakdownTest {
    @ParameterizedTest
    @ValueSource(strings = {"event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", "data: {\"candidates\":[{\"finishReason\":\"STOP\"}]}\r\n\r\n",
        "event: message_delta\ndata: {}\n\nevent: message_stop\ndata: {\"a\":{}}\n\n"})
    void it_stands_at_the_end_of_the_last_event(String frame) {
        byte[] around = ("{}" + frame + "{}").getBytes(UTF_8);
        Slice told = RequestBreakdown.inside(new Slice(around, 2, 2 + frame.length()), Slice.utf8(",\"request_breakdown\":{\"cost\":1}"));
        int end = frame.lastIndexOf('}');
        assertThat(told.text()).isEqualTo(frame.substring(0, end) + ",\"request_breakdown\":{\"cost\":1}" + frame.substring(end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n"})
    void a_frame_without_an_object_stays(String frame) {
        assertThat(RequestBreakdown.inside(Slice.utf8(frame), Slice.utf8(",x")).text()).isEqualTo(frame);
    }
}
