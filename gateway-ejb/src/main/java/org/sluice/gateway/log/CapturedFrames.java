package org.sluice.gateway.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sluice.gateway.dialect.Slice;

/**
 * What a stream told its client so far, up to a bound, held until the stream ends. One frame hardly differs from the last, so
 * each is kept as its difference: three numbers (bytes shared with the start of the last frame, with its end, bytes of
 * its own; seven bits a byte, the lowest first) and the bytes of its own. In front stands, in four bytes, how many bytes the
 * frames have. That is a tenth of the memory and of the
 * journal, at the price of a comparison. For one thread.
 */
public final class CapturedFrames {
    private static final int FIRST_BLOCK = 512;
    private static final int MAX_BLOCK = 8 * 1024;
    private static final int MAX_NUMBERS = 15;
    private final int max;
    private final List<Slice> full = new ArrayList<>(4);
    private byte[] block = new byte[FIRST_BLOCK];
    private int used;
    private byte[] last = new byte[FIRST_BLOCK];
    private int lastLength;
    private int size;
    private boolean isTruncated;

    /** @param max bytes of frames that are kept, before they are packed */
    public CapturedFrames(int max) {
        this.max = max;
    }

    public void add(Slice frame) {
        int length = frame.length();
        if (isTruncated || size + length > max) {
            isTruncated = true;
            return;
        }
        size += length;
        byte[] bytes = frame.array();
        int common = Math.min(length, lastLength);
        int prefix = Arrays.mismatch(bytes, frame.from(), frame.from() + common, last, 0, common);
        prefix = prefix < 0 ? common : prefix;
        int suffix = 0;
        while (suffix < common - prefix && bytes[frame.to() - 1 - suffix] == last[lastLength - 1 - suffix]) {
            suffix++;
        }
        int own = length - prefix - suffix;
        require(MAX_NUMBERS + own);
        number(prefix);
        number(suffix);
        number(own);
        System.arraycopy(bytes, frame.from() + prefix, block, used, own);
        used += own;
        if (last.length < length) {
            last = new byte[length * 2];
        }
        System.arraycopy(bytes, frame.from(), last, 0, length);
        lastLength = length;
    }

    private void require(int more) {
        if (block.length - used < more) {
            full.add(new Slice(block, 0, used));
            block = new byte[Math.max(more, Math.min(MAX_BLOCK, block.length * 2))];
            used = 0;
        }
    }

    private void number(int value) {
        int rest = value;
        for (; rest > 0x7f; rest >>>= 7) {
            block[used++] = (byte) (rest | 0x80);
        }
        block[used++] = (byte) rest;
    }

    /** The packed form; the borders between the slices mean nothing. */
    public List<Slice> packed() {
        if (size == 0) {
            return List.of();
        }
        List<Slice> all = new ArrayList<>(full.size() + 2);
        all.add(Slice.of(ByteBuffer.allocate(Integer.BYTES).putInt(size).array()));
        all.addAll(full);
        all.add(new Slice(block, 0, used));
        return all;
    }

    /** The frames, one behind the other. */
    public byte[] frames() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed().forEach(slice -> packed.write(slice.array(), slice.from(), slice.length()));
        return unpack(packed.toByteArray());
    }

    public boolean isTruncated() {
        return isTruncated;
    }

    /** The frames, one behind the other; those behind a cut or an impossible difference are left out. */
    static byte[] unpack(byte[] packed) {
        int size = packed.length < Integer.BYTES ? 0 : ByteBuffer.wrap(packed).getInt();
        return size <= 0 ? new byte[0] : new Unpacking(packed, size).run();
    }

    private static final class Unpacking {
        private final byte[] packed;
        private final byte[] frames;
        private int at = Integer.BYTES;
        private int end;

        Unpacking(byte[] packed, int size) {
            this.packed = packed;
            frames = new byte[size];
        }

        byte[] run() {
            int lastFrom = 0;
            while (at < packed.length) {
                int prefix = number();
                int suffix = number();
                int own = number();
                if (prefix < 0 || suffix < 0 || own < 0 || own > packed.length - at || (long) prefix + suffix > end - lastFrom
                        || (long) prefix + suffix + own > frames.length - end) {
                    break;
                }
                int lastEnd = end;
                copy(frames, lastFrom, prefix);
                copy(packed, at, own);
                copy(frames, lastEnd - suffix, suffix);
                at += own;
                lastFrom = lastEnd;
            }
            return end == frames.length ? frames : Arrays.copyOf(frames, end);
        }

        private void copy(byte[] source, int from, int length) {
            System.arraycopy(source, from, frames, end, length);
            end += length;
        }

        private int number() {
            int value = 0;
            for (int shift = 0; shift < 35 && at < packed.length; shift += 7) {
                byte b = packed[at++];
                value |= (b & 0x7f) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            return -1;
        }
    }
}
