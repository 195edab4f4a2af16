package org.sluice.gateway.dialect.openai;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Takes what looks like a provider's key out of a provider's words. */
final class Scrub {
    private static final Pattern SECRET = Pattern.compile(
            "\\bsk-[A-Za-z0-9_*-]{8,}|\\b(?:gsk_|xai-|pplx-|csk-|fw_|tgp_v1_|hf_|r8_|nvapi-)[A-Za-z0-9_*-]{16,}"
            + "|AIza[A-Za-z0-9_-]{20,}|\\bA[KS]IA[A-Z0-9]{16}\\b|(?<=[Bb]earer )[A-Za-z0-9._~+/=-]{8,}|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9._-]{8,}");
    private static final String BLOT = "***";

    private Scrub() { }

    static String text(String text) {
        return SECRET.matcher(text).replaceAll(BLOT);
    }

    /** The same array when there is nothing to hide. */
    static byte[] bytes(byte[] body) {
        String latin = new String(body, StandardCharsets.ISO_8859_1);
        String scrubbed = text(latin);
        return scrubbed.equals(latin) ? body : scrubbed.getBytes(StandardCharsets.ISO_8859_1);
    }
}
