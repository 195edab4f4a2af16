package org.sluice.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sluice.gateway.dialect.Slice;

class CapturedFramesTest {
    @Test
    void every_stream_comes_back_byte_for_byte() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            CapturedFrames captured = new CapturedFrames(Integer.MAX_VALUE);
            ByteArrayOutputStream told = new ByteArrayOutputStream();
            byte[] frame = new byte[random.nextInt(400)];
            for (int i = random.nextInt(200); i >= 0; i--) {
                frame = changed(frame, random);
                byte[] buffer = new byte[frame.length + 3];
                System.arraycopy(frame, 0, buffer, 2, frame.length);
                captured.add(new Slice(buffer, 2, 2 + frame.length));
                Arrays.fill(buffer, (byte) '#'); // the reader uses it for the next frame
                told.writeBytes(frame);
            }
            assertThat(captured.frames()).as("seed %d", seed).isEqualTo(told.toByteArray());
        }
    }

    /** The same, longer or shorter in the middle, or another. */
    private static byte[] changed(byte[] frame, Random random) {
        if (random.nextInt(10) == 0) {
            byte[] other = new byte[random.nextInt(random.nextInt(20) == 0 ? 40_000 : 300)];
            random.nextBytes(other);
            return other;
        }
        int from = random.nextInt(frame.length + 1);
        int to = from + random.nextInt(frame.length - from + 1);
        byte[] middle = "ab".repeat(random.nextInt(10)).getBytes(StandardCharsets.US_ASCII);
        byte[] next = new byte[from + middle.length + frame.length - to];
        System.arraycopy(frame, 0, next, 0, from);
        System.arraycopy(middle, 0, next, from, middle.length);
        System.arraycopy(frame, to, next, from + middle.length, frame.length - to);
        return next;
    }

    @Test
    void frames_that_differ_in_a_word_take_little() {
        CapturedFrames captured = new CapturedFrames(Integer.MAX_VALUE);
        for (int i = 0; i < 200; i++) {
            captured.add(Slice.utf8("data: {\"id\":\"chatcmpl-0123456789\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word" + i + "\"}}]}\n\n"));
        }
        assertThat(captured.packed().stream().mapToInt(Slice::length).sum()).isLessThan(2_000);
    }

    @Test
    void the_bound_counts_what_the_client_got() {
        CapturedFrames captured = new CapturedFrames(25);
        for (int i = 0; i < 3; i++) {
            captured.add(Slice.utf8("0123456789"));
        }
        assertThat(captured.isTruncated()).isTrue();
        assertThat(captured.frames()).hasSize(20);
        assertThat(new CapturedFrames(10).packed()).isEmpty();
    }

    @Test
    void what_was_cut_or_damaged_gives_the_frames_before_it() {
        CapturedFrames captured = new CapturedFrames(1_000);
        captured.add(Slice.utf8("data: one\n\n"));
        captured.add(Slice.utf8("data: another\n\n"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        captured.packed().forEach(slice -> packed.write(slice.array(), slice.from(), slice.length()));
        byte[] all = packed.toByteArray();
        for (int length = 0; length <= all.length; length++) {
            String text = new String(CapturedFrames.unpack(Arrays.copyOf(all, length)), StandardCharsets.UTF_8);
            assertThat("data: one\n\ndata: another\n\n").startsWith(text);
        }
        for (int i = 4; i < all.length; i++) {
            byte[] damaged = all.clone();
            damaged[i] = (byte) 0xff;
            CapturedFrames.unpack(damaged);
        }
    }
}
