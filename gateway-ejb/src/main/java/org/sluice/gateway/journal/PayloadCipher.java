package org.sluice.gateway.journal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM for payloads. Each run of the process derives a key of its own (HMAC-SHA-256 of a random salt) and counts
 * its nonces, so that no nonce is used twice with one key. Sealed form: salt(16) counter(8) ciphertext tag(16); the log
 * id is authenticated with it. Thread-safe.
 */
final class PayloadCipher {
    private static final int SALT_BYTES = 16;
    private static final int PREFIX_BYTES = SALT_BYTES + 8;
    private final SecretKeySpec master;
    private final byte[] salt = new byte[SALT_BYTES];
    private final SecretKey runKey;
    private final AtomicLong counter = new AtomicLong();
    private volatile Derived lastRead = new Derived(new byte[0], null);

    private record Derived(byte[] salt, SecretKey key) {}

    private PayloadCipher(byte[] key) {
        master = new SecretKeySpec(key, "HmacSHA256");
        new SecureRandom().nextBytes(salt);
        runKey = derive(salt);
    }

    /** Null when there is no key. */
    static PayloadCipher of(String base64Key) {
        return base64Key == null ? null : new PayloadCipher(Base64.getDecoder().decode(base64Key));
    }

    byte[] encrypt(ByteBuffer plain, UUID id) {
        try {
            long number = counter.incrementAndGet();
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, runKey, number, id);
            ByteBuffer sealed = ByteBuffer.allocate(PREFIX_BYTES + cipher.getOutputSize(plain.remaining()));
            sealed.put(salt).putLong(number);
            cipher.doFinal(plain, sealed);
            return Arrays.copyOf(sealed.array(), sealed.position());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available.", e);
        }
    }

    /** Null when the payload was changed or encrypted with another key. */
    byte[] decrypt(byte[] sealed, UUID id) {
        if (sealed.length < PREFIX_BYTES) {
            return null;
        }
        try {
            byte[] itsSalt = Arrays.copyOf(sealed, SALT_BYTES);
            Derived derived = lastRead;
            if (!Arrays.equals(derived.salt(), itsSalt)) {
                derived = new Derived(itsSalt, derive(itsSalt));
                lastRead = derived;
            }
            long number = ByteBuffer.wrap(sealed).getLong(SALT_BYTES);
            return cipher(Cipher.DECRYPT_MODE, derived.key(), number, id)
                    .doFinal(sealed, PREFIX_BYTES, sealed.length - PREFIX_BYTES);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static Cipher cipher(int mode, SecretKey key, long number, UUID id) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, ByteBuffer.allocate(12).putLong(4, number).array()));
        cipher.updateAAD(ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip());
        return cipher;
    }

    private SecretKey derive(byte[] itsSalt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(master);
            return new SecretKeySpec(mac.doFinal(itsSalt), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is not available.", e);
        }
    }
}
