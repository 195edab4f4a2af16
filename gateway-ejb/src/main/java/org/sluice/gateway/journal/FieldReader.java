package org.sluice.gateway.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Walks over the fields of a payload: {@code while (fields.next()) switch (fields.tag()) ...}. */
public final class FieldReader {
    private final ByteBuffer payload;
    private int tag;
    private int from;
    private int to;

    public FieldReader(byte[] payload) {
        this.payload = ByteBuffer.wrap(payload);
    }

    /** Steps to the next field; false after the last one. */
    public boolean next() {
        payload.position(to);
        if (!payload.hasRemaining()) {
            return false;
        }
        tag = payload.get() & 0xff;
        int length = payload.getInt();
        if (length < 0 || length > payload.remaining()) {
            throw new BufferUnderflowException();
        }
        from = payload.position();
        to = from + length;
        return true;
    }

    public int tag() {
        return tag;
    }

    public long number() {
        return payload.getLong(from);
    }

    public boolean flag() {
        return payload.get(from) != 0;
    }

    public String text() {
        return new String(payload.array(), from, to - from, StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
        return java.util.Arrays.copyOfRange(payload.array(), from, to);
    }
}
