package org.sluice.gateway.vault;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869). */
final class Hkdf {
    private static final String HMAC = "HmacSHA256";
    private static final int HASH_BYTES = 32;

    private Hkdf() { }

    /** @param salt empty for none */
    static byte[] extract(byte[] salt, byte[] key) {
        return hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt, key);
    }

    /** @param length 1 to 8160 bytes */
    static byte[] expand(byte[] extracted, byte[] label, int length) {
        byte[] out = new byte[length];
        byte[] last = new byte[0];
        for (int at = 0, number = 1; at < length; at += HASH_BYTES, number++) {
            byte[] input = Arrays.copyOf(last, last.length + label.length + 1);
            System.arraycopy(label, 0, input, last.length, label.length);
            input[input.length - 1] = (byte) number;
            last = hmac(extracted, input);
            System.arraycopy(last, 0, out, at, Math.min(HASH_BYTES, length - at));
        }
        return out;
    }

    private static byte[] hmac(byte[] key, byte[] input) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is not available.", e);
        }
    }
}
