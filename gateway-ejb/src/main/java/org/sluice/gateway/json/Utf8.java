package org.sluice.gateway.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Strict UTF-8 check (RFC 3629). ASCII runs, nearly all of a request, are passed eight bytes at a time; the rest follows
 * the table of well-formed sequences, so overlong forms, surrogates and values over U+10FFFF are refused.
 */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() { }

    static boolean isValid(byte[] b) {
        int at = 0;
        int end = b.length;
        while (at < end) {
            while (at + 8 <= end && ((long) LONGS.get(b, at) & HIGH_BITS) == 0) {
                at += 8;
            }
            if (at == end) {
                return true;
            }
            if (b[at] >= 0) {
                at++;
                continue;
            }
            int length = sequence(b, at, end);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Length of the well-formed sequence at {@code at}, 0 when there is none. */
    private static int sequence(byte[] b, int at, int end) {
        int lead = b[at] & 0xff;
        if (lead >= 0xc2 && lead <= 0xdf) {
            return isTail(b, at + 1, end, 0x80, 0xbf) ? 2 : 0;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            int low = lead == 0xe0 ? 0xa0 : 0x80;
            int high = lead == 0xed ? 0x9f : 0xbf;
            return isTail(b, at + 1, end, low, high) && isTail(b, at + 2, end, 0x80, 0xbf) ? 3 : 0;
        }
        if (lead >= 0xf0 && lead <= 0xf4) {
            int low = lead == 0xf0 ? 0x90 : 0x80;
            int high = lead == 0xf4 ? 0x8f : 0xbf;
            return isTail(b, at + 1, end, low, high) && isTail(b, at + 2, end, 0x80, 0xbf)
                    && isTail(b, at + 3, end, 0x80, 0xbf) ? 4 : 0;
        }
        return 0;
    }

    private static boolean isTail(byte[] b, int at, int end, int low, int high) {
        return at < end && (b[at] & 0xff) >= low && (b[at] & 0xff) <= high;
    }
}
