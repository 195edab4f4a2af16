package org.sluice.gateway.apikey;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A key as its holder knows it.
 *
 * @param prefix public, 8 letters or digits
 * @param secret 32 letters or digits
 */
public record ApiKeyText(String prefix, String secret) {
    static final int PREFIX_LENGTH = 8;
    static final int SECRET_LENGTH = 32;
    static final int LENGTH = PREFIX_LENGTH + 1 + SECRET_LENGTH;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** @throws IllegalArgumentException when the form is wrong; the message does not hold the text */
    public static ApiKeyText read(String text) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("An API key is 8 letters or digits, a dot, 32 letters or digits.");
        }
        return new ApiKeyText(text.substring(0, PREFIX_LENGTH), text.substring(PREFIX_LENGTH + 1));
    }

    public static ApiKeyText generate(SecureRandom random) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(i == PREFIX_LENGTH ? '.' : ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return read(text.toString());
    }

    static boolean isWellFormed(String text) {
        if (text == null || text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean fits = i == PREFIX_LENGTH ? c == '.' : c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** SHA-256 of the secret in a well-formed key. */
    static byte[] hashOfSecret(String wellFormed) {
        MessageDigest digest = sha256();
        digest.update(wellFormed.getBytes(StandardCharsets.ISO_8859_1), PREFIX_LENGTH + 1, SECRET_LENGTH);
        return digest.digest();
    }

    /** What the table keeps of the secret: its SHA-256 in lower-case hex. */
    public String secretHash() {
        return HexFormat.of().formatHex(sha256().digest(secret.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The whole key; show it once. */
    public String text() {
        return prefix + "." + secret;
    }

    @Override
    public String toString() {
        return "ApiKeyText[" + prefix + ".***]";
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
