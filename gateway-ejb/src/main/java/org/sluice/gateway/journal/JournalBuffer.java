package org.sluice.gateway.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.sluice.gateway.dialect.Slice;

/**
 * One record while it is written: {@code begin}, fields, then {@link Journal#append}. Written in an array, which is what
 * the compiler makes fast, and copied once into a direct buffer for the system call; both are used again. Belongs to one
 * thread at a time.
 */
public final class JournalBuffer {
    static final int HEADER_BYTES = 36;
    static final int LENGTH_AT = 8;
    static final int CHECKSUM_AT = 12;
    static final int TYPE_AT = 16;
    static final int VERSION = 1;
    static final int ENCRYPTED = 1;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private final CRC32C checksum = new CRC32C();
    private byte[] bytes;
    private int size;
    private ByteBuffer direct;

    JournalBuffer(int capacity) {
        bytes = new byte[capacity];
        direct = ByteBuffer.allocateDirect(capacity);
    }

    public JournalBuffer begin(RecordType type, UUID id) {
        bytes[TYPE_AT] = type.code();
        bytes[TYPE_AT + 1] = VERSION;
        bytes[TYPE_AT + 2] = 0;
        bytes[TYPE_AT + 3] = 0;
        LONGS.set(bytes, TYPE_AT + 4, id.getMostSignificantBits());
        LONGS.set(bytes, TYPE_AT + 12, id.getLeastSignificantBits());
        size = HEADER_BYTES;
        return this;
    }

    /** A text; null writes nothing. */
    public JournalBuffer text(int tag, String text) {
        if (text == null) {
            return this;
        }
        int chars = text.length();
        ensure(5 + 3 * chars);
        int lengthAt = size + 1;
        bytes[size] = (byte) tag;
        size += 5;
        byte[] out = bytes;
        int at = size;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                out[at++] = (byte) c;
            } else {
                size = at;
                i = wide(text, i, c);
                at = size;
            }
        }
        size = at;
        INTS.set(bytes, lengthAt, size - lengthAt - 4);
        return this;
    }

    public JournalBuffer number(int tag, long number) {
        ensure(13);
        head(tag, 8);
        LONGS.set(bytes, size, number);
        size += 8;
        return this;
    }

    public JournalBuffer flag(int tag, boolean flag) {
        ensure(6);
        head(tag, 1);
        bytes[size++] = (byte) (flag ? 1 : 0);
        return this;
    }

    public JournalBuffer bytes(int tag, Slice slice) {
        ensure(5 + slice.length());
        head(tag, slice.length());
        copy(slice, slice.length());
        return this;
    }

    /** The slices as one field, at most {@code limit} bytes of them; returns whether all fitted. */
    public boolean bytes(int tag, Iterable<Slice> slices, int limit) {
        ensure(5);
        int lengthAt = size + 1;
        head(tag, 0);
        int left = limit;
        boolean isWhole = true;
        for (Slice slice : slices) {
            int length = Math.min(left, slice.length());
            ensure(length);
            copy(slice, length);
            left -= length;
            isWhole &= length == slice.length();
        }
        INTS.set(bytes, lengthAt, size - lengthAt - 4);
        return isWhole;
    }

    /** The finished record, ready to be written. */
    ByteBuffer seal(long marker, PayloadCipher cipher) {
        if (cipher != null) {
            byte[] sealed = cipher.encrypt(ByteBuffer.wrap(bytes, HEADER_BYTES, size - HEADER_BYTES), id());
            size = HEADER_BYTES;
            ensure(sealed.length);
            System.arraycopy(sealed, 0, bytes, size, sealed.length);
            size += sealed.length;
            bytes[TYPE_AT + 3] = ENCRYPTED;
        }
        LONGS.set(bytes, 0, marker);
        INTS.set(bytes, LENGTH_AT, size - HEADER_BYTES);
        checksum.reset();
        checksum.update(bytes, LENGTH_AT, CHECKSUM_AT - LENGTH_AT);
        checksum.update(bytes, TYPE_AT, size - TYPE_AT);
        INTS.set(bytes, CHECKSUM_AT, (int) checksum.getValue());
        if (direct.capacity() < size) {
            direct = ByteBuffer.allocateDirect(bytes.length);
        }
        return direct.clear().put(bytes, 0, size).flip();
    }

    int capacity() {
        return bytes.length;
    }

    private UUID id() {
        return new UUID((long) LONGS.get(bytes, TYPE_AT + 4), (long) LONGS.get(bytes, TYPE_AT + 12));
    }

    private void head(int tag, int length) {
        bytes[size] = (byte) tag;
        INTS.set(bytes, size + 1, length);
        size += 5;
    }

    private void copy(Slice slice, int length) {
        System.arraycopy(slice.array(), slice.from(), bytes, size, length);
        size += length;
    }

    private int wide(String text, int at, char c) {
        if (c < 0x800) {
            bytes[size++] = (byte) (0xc0 | c >> 6);
            bytes[size++] = (byte) (0x80 | c & 0x3f);
            return at;
        }
        boolean isPair = Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        int point = isPair ? Character.toCodePoint(c, text.charAt(at + 1)) : Character.isSurrogate(c) ? 0xfffd : c;
        if (isPair) {
            bytes[size++] = (byte) (0xf0 | point >> 18);
            bytes[size++] = (byte) (0x80 | point >> 12 & 0x3f);
        } else {
            bytes[size++] = (byte) (0xe0 | point >> 12);
        }
        bytes[size++] = (byte) (0x80 | point >> 6 & 0x3f);
        bytes[size++] = (byte) (0x80 | point & 0x3f);
        return isPair ? at + 1 : at;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
