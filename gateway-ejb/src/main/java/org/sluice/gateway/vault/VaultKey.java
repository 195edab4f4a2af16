package org.sluice.gateway.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One of the operator's keys and what is derived from it. Thread-safe. */
final class VaultKey {
    static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 6;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] SALT = "sluice gateway".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ID_LABEL = "sluice gateway vault key id".getBytes(StandardCharsets.US_ASCII);
    private final byte[] extracted;
    private final String id;
    private final Map<SealedColumn, SecretKey> derived = new ConcurrentHashMap<>();

    /** @param base64 of 32 bytes */
    VaultKey(String base64) {
        byte[] key = Base64.getDecoder().decode(base64);
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("A vault key has 32 bytes.");
        }
        extracted = Hkdf.extract(SALT, key);
        id = HexFormat.of().formatHex(Hkdf.expand(extracted, ID_LABEL, ID_BYTES));
    }

    /** Tells keys apart; says nothing of the key. */
    String id() {
        return id;
    }

    /** Nonce, ciphertext and tag. */
    byte[] seal(SealedColumn column, byte[] place, byte[] plain, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, column, place, nonce, 0);
            byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available.", e);
        }
    }

    /** Null when it was sealed elsewhere, by another key, or changed since. */
    byte[] open(SealedColumn column, byte[] place, byte[] sealed) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            return null;
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, column, place, sealed, 0).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available.", e);
        }
    }

    private Cipher cipher(int mode, SealedColumn column, byte[] place, byte[] nonceIn, int nonceFrom) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKey key = derived.computeIfAbsent(column, of -> new SecretKeySpec(Hkdf.expand(extracted, of.label(), KEY_BYTES), "AES"));
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonceIn, nonceFrom, NONCE_BYTES));
        cipher.updateAAD(place);
        return cipher;
    }

    @Override
    public String toString() {
        return "VaultKey[" + id + "]";
    }
}
