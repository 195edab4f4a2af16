package org.sluice.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A request as it came in.
 *
 * @param head request line and fields with their line ends, without the blank line
 */
public record ReceivedRequest(String head, byte[] body) {
    /** First value of a field, stripped; null when it is absent. */
    public String header(String name) {
        String wanted = name.toLowerCase(Locale.ROOT) + ":";
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith(wanted)) {
                return line.substring(wanted.length()).strip();
            }
        }
        return null;
    }

    public String path() {
        return head.split(" ", 3)[1];
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
