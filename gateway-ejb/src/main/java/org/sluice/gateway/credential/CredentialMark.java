package org.sluice.gateway.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sluice.gateway.provider.Credential;

/**
 * Tells credentials of requests apart without keeping them: a hash under a key that is made anew at each start, so that it
 * cannot be computed elsewhere and says nothing tomorrow.
 */
final class CredentialMark {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 4;
    private final SecretKeySpec key;

    CredentialMark() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
    }

    /** {@code request:} and 8 hexadecimal digits; the same for the same secrets at the same address. */
    String of(Credential credential, URI baseUrl) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String secret : credential.secrets()) {
                mac.update(secret.getBytes(UTF_8));
                mac.update((byte) 0);
            }
            return "request:" + HexFormat.of().formatHex(mac.doFinal(String.valueOf(baseUrl).getBytes(UTF_8)), 0, BYTES);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
