package org.sluice.gateway.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

class SseReaderTest {
    /** A frame, out of the reader's buffer. */
    private record Frame(String event, String data, String bytes, boolean isComplete) {
        static Frame of(ServerSentEvent e) {
            return new Frame(e.event(), e.data() == null ? null : e.data().text(), new String(e.frame().toBytes(), ISO_8859_1), e.isComplete());
        }
    }

    /** Hands out the bytes in pieces that end at the given places. */
    private static final class Cut extends InputStream {
        private final byte[] bytes;
        private final int[] ends;
        private int at;
        private int piece;

        Cut(byte[] bytes, int... ends) {
            this.bytes = bytes;
            this.ends = ends;
        }

        @Override
        public int read() {
            throw new AssertionError("one byte at a time");
        }

        @Override
        public int read(byte[] target, int from, int length) {
            while (piece < ends.length && at >= ends[piece]) {
                piece++;
            }
            int n = Math.min(length, (piece < ends.length ? ends[piece] : bytes.length) - at);
            if (at == bytes.length) {
                return -1;
            }
            System.arraycopy(bytes, at, target, from, n);
            at += n;
            return n;
        }
    }

    private static List<Frame> frames(InputStream in) {
        SseReader reader = new SseReader(in);
        List<Frame> frames = new ArrayList<>();
        for (ServerSentEvent e = reader.next(); e != null; e = reader.next()) {
            frames.add(Frame.of(e));
        }
        assertThat(reader.next()).isNull();
        return frames;
    }

    private static List<Frame> frames(String text) {
        return frames(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static final String MIXED = "\ufeffdata: {\"a\":1}\n\n"
            + ": comment\n\n"
            + "event: message_start\r\ndata:{}\r\nid: 7\r\nretry: 10\r\n\r\n"
            + "data: one\rdata: two\rdata\rdata: four\r\r"
            + "event: gr\u00fc\u00dfe\ndata:  \u00e4 \u20ac \ud83d\ude00 \\ud83d\\ude00\n\n"
            + "event: only\n\n\n\n"
            + "data: x\r\r\ndata: y\r\n\r\n\r\n"
            + "dat: no\ndata : no\ndatax: no\n:data: no\n\n"
            + "data: a\n\r\n"
            + "data: [DONE]\n\n";

    @Test
    @DisplayName("U27: the standard is followed")
    void the_standard_is_followed() {
        List<Frame> frames = frames(MIXED);
        assertThat(frames).extracting(Frame::data).containsExactly("{\"a\":1}", null, "{}", "one\ntwo\n\nfour",
                " \u00e4 \u20ac \ud83d\ude00 \\ud83d\\ude00", null, null, null, "x", "y", null, null, "a", "[DONE]");
        assertThat(frames).extracting(Frame::event).containsExactly(null, null, "message_start", null, "gr\u00fc\u00dfe", "only",
                null, null, null, null, null, null, null, null);
        assertThat(frames).allMatch(Frame::isComplete);
        assertThat(frames.get(2).bytes()).isEqualTo("event: message_start\r\ndata:{}\r\nid: 7\r\nretry: 10\r\n\r\n");
    }

    @Test
    @DisplayName("U23, U24: the frames are the same wherever the stream is cut")
    void the_frames_are_the_same_wherever_the_stream_is_cut() {
        byte[] bytes = MIXED.getBytes(UTF_8);
        List<Frame> uncut = frames(new ByteArrayInputStream(bytes));
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(frames(new Cut(bytes, cut))).as("cut at %d", cut).isEqualTo(uncut);
        }
        int[] everywhere = new int[bytes.length];
        for (int i = 0; i < everywhere.length; i++) {
            everywhere[i] = i + 1;
        }
        assertThat(frames(new Cut(bytes, everywhere))).isEqualTo(uncut);
    }

    @Test
    void random_streams_keep_every_byte_wherever_they_are_cut() {
        Random random = new Random(7);
        String[] pieces = {"data: ", "data:", "event: e", ": c", "\r", "\n", "\r\n", "\n\n", "\r\n\r\n", "\r\r", "x", "\u00e4", "\ufeff", "id: 1"};
        for (int run = 0; run < 3_000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = text.toString().getBytes(UTF_8);
            List<Frame> uncut = frames(new ByteArrayInputStream(bytes));
            int first = random.nextInt(bytes.length + 1);
            int second = first + random.nextInt(bytes.length - first + 1);
            assertThat(frames(new Cut(bytes, first, second))).as("run %d", run).isEqualTo(uncut);
            StringBuilder joined = new StringBuilder();
            uncut.forEach(f -> joined.append(f.bytes()));
            assertThat(joined.toString().getBytes(ISO_8859_1)).isEqualTo(bytes);
        }
    }

    @Test
    @DisplayName("U25: invalid utf 8 passes unchanged")
    void invalid_utf_8_passes_unchanged() {
        byte[] bad = {'d', 'a', 't', 'a', ':', ' ', (byte) 0xc3, 0x28, (byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) 0xc0, (byte) 0xae, '\n', '\n'};
        ServerSentEvent event = new SseReader(new ByteArrayInputStream(bad)).next();
        assertThat(event.frame().toBytes()).isEqualTo(bad);
        assertThat(event.data().length()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]", "data: [DONE]\n", "data: [DONE]\r", "data: [DONE]\r\n"})
    void a_last_event_without_its_blank_line_is_incomplete(String text) {
        assertThat(frames(text)).containsExactly(new Frame(null, "[DONE]", text, false));
    }

    @Test
    void an_empty_stream_has_no_frames() {
        assertThat(frames("")).isEmpty();
    }

    @Test
    void a_line_end_left_over_at_the_end_is_not_a_broken_event() {
        assertThat(frames("data: x\r\r\n")).containsExactly(new Frame(null, "x", "data: x\r\r", true), new Frame(null, null, "\n", true));
    }

    @Test
    void a_complete_frame_is_handed_out_without_waiting_for_more() {
        for (String text : new String[] {"data: x\n\n", "data: x\r\n\r\n", "data: x\r\r"}) {
            SseReader reader = new SseReader(new InputStream() {
                private boolean isRead;

                @Override
                public int read() {
                    throw new AssertionError("one byte at a time");
                }

                @Override
                public int read(byte[] target, int from, int length) {
                    assertThat(isRead).as("reads on").isFalse();
                    isRead = true;
                    byte[] bytes = text.getBytes(UTF_8);
                    System.arraycopy(bytes, 0, target, from, bytes.length);
                    return bytes.length;
                }
            });
            assertThat(reader.hasBuffered()).isFalse();
            assertThat(reader.next().data().text()).isEqualTo("x");
        }
    }

    @Test
    void it_tells_whether_another_frame_is_at_hand() {
        SseReader reader = new SseReader(new Cut("data: 1\n\ndata: 2\n\ndata: 3\n".getBytes(UTF_8), 26));
        reader.next();
        assertThat(reader.hasBuffered()).isTrue();
        assertThat(reader.hasBuffered()).isTrue();
        assertThat(reader.next().data().text()).isEqualTo("2");
        assertThat(reader.hasBuffered()).isFalse();
        assertThat(reader.next().isComplete()).isFalse();
    }

    @Test
    void a_single_data_line_is_not_copied() {
        ServerSentEvent event = new SseReader(new ByteArrayInputStream("data: abc\n\n".getBytes(UTF_8))).next();
        assertThat(event.data().array()).isSameAs(event.frame().array());
    }

    @Test
    @DisplayName("U26: an event beyond the limit ends the stream")
    void an_event_beyond_the_limit_ends_the_stream() {
        SseReader reader = new SseReader(new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        });
        truncated(reader);
        byte[] large = ("data: " + "x".repeat(SseReader.MAX_EVENT_BYTES - 8) + "\n\n").getBytes(UTF_8);
        assertThat(frames(new ByteArrayInputStream(large))).hasSize(1);
        byte[] tooLarge = ("data: " + "x".repeat(SseReader.MAX_EVENT_BYTES - 7) + "\n\n").getBytes(UTF_8);
        truncated(new SseReader(new ByteArrayInputStream(tooLarge)));
    }

    @Test
    void a_stream_beyond_the_limit_ends() {
        SseReader reader = new SseReader(new ByteArrayInputStream("data: x\n\n".repeat(3_000).getBytes(UTF_8)), 1_000, 20_000);
        truncated(reader);
    }

    @Test
    void a_broken_stream_is_truncated_after_its_frames() {
        InputStream broken = new InputStream() {
            private boolean isRead;

            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                if (isRead) {
                    throw new IOException("reset");
                }
                isRead = true;
                target[from] = ':';
                target[from + 1] = '\n';
                target[from + 2] = '\n';
                return 3;
            }
        };
        SseReader reader = new SseReader(broken);
        assertThat(reader.next().data()).isNull();
        truncated(reader);
    }

    private static void truncated(SseReader reader) {
        assertThatThrownBy(() -> {
            while (reader.next() != null) {
                // goes on until the limit
            }
        }).isInstanceOfSatisfying(GatewayException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_TRUNCATED));
    }

    @Test
    void frames_larger_than_the_buffer_stand_between_small_ones() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = 1; size < 200_000; size = size * 3 + 1) {
            all.writeBytes(("data: small\n\ndata: " + "y".repeat(size) + "\ndata: z\n\n").getBytes(UTF_8));
        }
        List<Frame> frames = frames(new Cut(all.toByteArray(), 100, 8_192, 8_193, 20_000, 100_000));
        int size = 1;
        for (int i = 0; i < frames.size(); i += 2) {
            assertThat(frames.get(i).data()).isEqualTo("small");
            assertThat(frames.get(i + 1).data()).isEqualTo("y".repeat(size) + "\nz");
            size = size * 3 + 1;
        }
    }
}
