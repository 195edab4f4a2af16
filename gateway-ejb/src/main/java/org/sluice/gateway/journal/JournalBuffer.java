package org.sluice.gateway.journal;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.sluice.gateway.dialect.Slice;

/**
 * One record while it is written, in a direct buffer that is used again: {@code begin}, fields, then {@link
 * Journal#append}. Belongs to one thread at a time.
 */
public final class JournalBuffer {
    static final int HEADER_BYTES = 36;
    static final int LENGTH_AT = 8;
    static final int CHECKSUM_AT = 12;
    static final int TYPE_AT = 16;
    static final int VERSION = 1;
    static final int ENCRYPTED = 1;
    private final CRC32C checksum = new CRC32C();
    private ByteBuffer buffer;

    JournalBuffer(int capacity) {
        buffer = ByteBuffer.allocateDirect(capacity);
    }

    public JournalBuffer begin(RecordType type, UUID id) {
        buffer.clear().position(TYPE_AT);
        buffer.put(type.code()).put((byte) VERSION).putShort((short) 0);
        buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return this;
    }

    /** A text; null writes nothing. */
    public JournalBuffer text(int tag, String text) {
        if (text == null) {
            return this;
        }
        int chars = text.length();
        ensure(5 + 3 * chars);
        buffer.put((byte) tag);
        int lengthAt = buffer.position();
        buffer.putInt(0);
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                buffer.put((byte) c);
            } else {
                i = wide(text, i, c);
            }
        }
        buffer.putInt(lengthAt, buffer.position() - lengthAt - 4);
        return this;
    }

    public JournalBuffer number(int tag, long number) {
        ensure(13);
        buffer.put((byte) tag).putInt(8).putLong(number);
        return this;
    }

    public JournalBuffer flag(int tag, boolean flag) {
        ensure(6);
        buffer.put((byte) tag).putInt(1).put((byte) (flag ? 1 : 0));
        return this;
    }

    public JournalBuffer bytes(int tag, Slice slice) {
        ensure(5 + slice.length());
        buffer.put((byte) tag).putInt(slice.length()).put(slice.array(), slice.from(), slice.length());
        return this;
    }

    /** The slices as one field, at most {@code limit} bytes of them; returns whether all fitted. */
    public boolean bytes(int tag, Iterable<Slice> slices, int limit) {
        ensure(5);
        buffer.put((byte) tag);
        int lengthAt = buffer.position();
        buffer.putInt(0);
        int left = limit;
        boolean isWhole = true;
        for (Slice slice : slices) {
            int length = Math.min(left, slice.length());
            ensure(length);
            buffer.put(slice.array(), slice.from(), length);
            left -= length;
            isWhole &= length == slice.length();
        }
        buffer.putInt(lengthAt, buffer.position() - lengthAt - 4);
        return isWhole;
    }

    /** The finished record, ready to be written. */
    ByteBuffer seal(long marker, PayloadCipher cipher) {
        buffer.flip();
        if (cipher != null) {
            byte[] sealed = cipher.encrypt(buffer.duplicate().position(HEADER_BYTES), id());
            buffer.limit(HEADER_BYTES);
            buffer.position(HEADER_BYTES);
            buffer.limit(buffer.capacity());
            ensure(sealed.length);
            buffer.put(sealed).flip();
            buffer.putShort(TYPE_AT + 2, (short) ENCRYPTED);
        }
        buffer.putLong(0, marker).putInt(LENGTH_AT, buffer.limit() - HEADER_BYTES);
        buffer.putInt(CHECKSUM_AT, checksum(buffer, checksum));
        return buffer;
    }

    int capacity() {
        return buffer.capacity();
    }

    private UUID id() {
        return new UUID(buffer.getLong(TYPE_AT + 4), buffer.getLong(TYPE_AT + 12));
    }

    /** Checksum of a record that fills the buffer from 0 to its limit. */
    private static int checksum(ByteBuffer record, CRC32C checksum) {
        checksum.reset();
        checksum.update(record.duplicate().position(LENGTH_AT).limit(CHECKSUM_AT));
        checksum.update(record.duplicate().position(TYPE_AT));
        return (int) checksum.getValue();
    }

    private int wide(String text, int at, char c) {
        if (c < 0x800) {
            buffer.put((byte) (0xc0 | c >> 6)).put((byte) (0x80 | c & 0x3f));
            return at;
        }
        if (Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))) {
            int point = Character.toCodePoint(c, text.charAt(at + 1));
            buffer.put((byte) (0xf0 | point >> 18)).put((byte) (0x80 | point >> 12 & 0x3f));
            buffer.put((byte) (0x80 | point >> 6 & 0x3f)).put((byte) (0x80 | point & 0x3f));
            return at + 1;
        }
        int point = Character.isSurrogate(c) ? 0xfffd : c;
        buffer.put((byte) (0xe0 | point >> 12)).put((byte) (0x80 | point >> 6 & 0x3f)).put((byte) (0x80 | point & 0x3f));
        return at;
    }

    private void ensure(int more) {
        if (buffer.remaining() < more) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(buffer.capacity() * 2, buffer.position() + more));
            larger.put(buffer.flip());
            buffer = larger;
        }
    }
}
