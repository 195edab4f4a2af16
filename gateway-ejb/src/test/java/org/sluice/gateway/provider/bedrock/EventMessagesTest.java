package org.sluice.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.recorded.Recording;
import org.sluice.gateway.recorded.Recordings;

class EventMessagesTest {
    private static final byte[] TWO = Wire.join(Wire.event("messageStart", "{\"role\":\"assistant\"}"), Wire.event("messageStop", "{\"stopReason\":\"end_turn\"}"));

    static Stream<Recording> streams() {
        return Recordings.where(recording -> "aws-eventstream".equals(recording.streamFormat()));
    }

    private static List<EventMessage> all(EventMessages messages) {
        List<EventMessage> all = new ArrayList<>();
        for (EventMessage message = messages.next(); message != null; message = messages.next()) {
            all.add(new EventMessage(message.kind(), message.name(), message.errorMessage(), org.sluice.gateway.dialect.Slice.of(message.payload().toBytes().clone())));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_recorded_stream_is_cut_the_same_however_it_arrives(Recording recording) {
        List<Wire.Frame> expected = Wire.frames(recording.response());
        for (int most : new int[] {1, 7, 100, 1 << 20}) {
            List<EventMessage> read = all(new EventMessages(new Trickle(recording.response(), most)));
            assertThat(read.stream().map(message -> message.payload().text())).containsExactlyElementsOf(expected.stream().map(Wire.Frame::payload).toList());
            assertThat(read.stream().map(EventMessage::name)).containsExactlyElementsOf(expected.stream().map(Wire.Frame::name).toList());
            assertThat(read).allMatch(EventMessage::isEvent);
        }
    }

    @Test
    void a_stream_that_ends_inside_a_message_is_truncated_wherever_it_ends() {
        int first = Wire.event("messageStart", "{\"role\":\"assistant\"}").length;
        for (int length = 0; length <= TWO.length; length++) {
            EventMessages messages = new EventMessages(new ByteArrayInputStream(TWO, 0, length));
            if (length == 0 || length == first || length == TWO.length) {
                assertThat(all(messages)).hasSize(length == 0 ? 0 : length == first ? 1 : 2);
            } else {
                GatewayException cut = catchThrowableOfType(GatewayException.class, () -> all(messages));
                assertThat(cut.type()).as("cut at " + length).isEqualTo(ErrorType.UPSTREAM_TRUNCATED);
            }
        }
    }

    @Test
    void one_wrong_bit_anywhere_is_noticed() {
        byte[] message = Wire.event("contentBlockDelta", "{\"delta\":{\"text\":\"x\"}}");
        for (int at = 0; at < message.length; at++) {
            byte[] damaged = message.clone();
            damaged[at] ^= 4;
            GatewayException refused = catchThrowableOfType(GatewayException.class, () -> all(new EventMessages(new ByteArrayInputStream(damaged))));
            assertThat(refused).as("byte " + at).isNotNull();
            assertThat(refused.type()).isIn(ErrorType.UPSTREAM_INVALID, ErrorType.UPSTREAM_TRUNCATED);
        }
    }

    @Test
    void a_length_beyond_the_limit_is_refused_before_it_is_read() {
        ByteBuffer prelude = ByteBuffer.allocate(12).putInt(EventMessages.MAX_MESSAGE + 1).putInt(0);
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(prelude.array(), 0, 8);
        prelude.putInt((int) sum.getValue());
        GatewayException refused = catchThrowableOfType(GatewayException.class, () -> new EventMessages(new ByteArrayInputStream(prelude.array())).next());
        assertThat(refused.type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
        assertThat(refused.getMessage()).contains("length");
    }

    @Test
    void headers_of_every_type_are_stepped_over() {
        java.io.ByteArrayOutputStream headers = new java.io.ByteArrayOutputStream();
        int[][] sizes = {{0, 0}, {1, 0}, {2, 1}, {3, 2}, {4, 4}, {5, 8}, {8, 8}, {9, 16}};
        for (int[] size : sizes) {
            headers.writeBytes(new byte[] {1, 'h', (byte) size[0]});
            headers.writeBytes(new byte[size[1]]);
        }
        headers.writeBytes(new byte[] {1, 'b', 6, 0, 2, 9, 9});
        headers.writeBytes(new byte[] {11});
        headers.writeBytes(":event-type".getBytes(UTF_8));
        headers.writeBytes(new byte[] {7, 0, 3, 'a', 'b', 'c'});
        EventMessage message = new EventMessages(new ByteArrayInputStream(Wire.message(headers.toByteArray(), "{}".getBytes(UTF_8)))).next();
        assertThat(message.name()).isEqualTo("abc");
        assertThat(message.payload().text()).isEqualTo("{}");
        byte[] unknown = Wire.message(new byte[] {1, 'h', 77, 0}, new byte[0]);
        assertThat(catchThrowableOfType(GatewayException.class, () -> new EventMessages(new ByteArrayInputStream(unknown)).next()).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
        byte[] cut = Wire.message(new byte[] {1, 'h', 7, 1, 0}, new byte[0]);
        assertThat(catchThrowableOfType(GatewayException.class, () -> new EventMessages(new ByteArrayInputStream(cut)).next()).type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
    }

    @Test
    void a_failure_says_what_kind_it_is() {
        EventMessages messages = new EventMessages(new ByteArrayInputStream(Wire.join(
                Wire.message(Map.of(":message-type", "exception", ":exception-type", "throttlingException"), "{\"message\":\"slow\"}".getBytes(UTF_8)),
                Wire.message(Map.of(":message-type", "error", ":error-code", "InternalError", ":error-message", "broken"), new byte[0]))));
        EventMessage exception = messages.next();
        assertThat(exception.kind()).isEqualTo("exception");
        assertThat(exception.name()).isEqualTo("throttlingException");
        EventMessage error = messages.next();
        assertThat(error.name()).isEqualTo("InternalError");
        assertThat(error.errorMessage()).isEqualTo("broken");
    }
}
