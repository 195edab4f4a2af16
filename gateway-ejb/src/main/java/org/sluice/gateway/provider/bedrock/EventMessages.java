package org.sluice.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * Cuts a body into the messages of AWS's event stream: total length, length of the headers, checksum of these, headers,
 * payload, checksum of all. Both checksums are verified. For one thread.
 *
 * @see <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">Smithy: event stream specification</a>
 */
final class EventMessages {
    static final int MAX_MESSAGE = 16 * 1024 * 1024;
    private static final int PRELUDE = 12;
    private static final int OVERHEAD = PRELUDE + 4;
    private static final int STRING = 7;
    private final InputStream in;
    private byte[] buffer = new byte[4096];

    EventMessages(InputStream in) {
        this.in = in;
    }

    /**
     * The next message; null at the end of the body.
     *
     * @throws GatewayException UPSTREAM_TRUNCATED inside a message, UPSTREAM_INVALID when it is damaged or too long
     */
    EventMessage next() {
        int read = read(0, PRELUDE);
        if (read == 0) {
            return null;
        }
        requireAll(read, PRELUDE);
        int length = number(0);
        int headers = number(4);
        requireSum(8, "its prelude");
        if (length < OVERHEAD || length > MAX_MESSAGE || headers < 0 || headers > length - OVERHEAD) {
            throw invalid("a message has an impossible length");
        }
        grow(length);
        requireAll(read(PRELUDE, length - PRELUDE), length - PRELUDE);
        requireSum(length - 4, "a message");
        Map<String, String> fields = headers(PRELUDE, PRELUDE + headers);
        String kind = fields.getOrDefault(":message-type", "event");
        String name = fields.getOrDefault(kind.equals("exception") ? ":exception-type" : kind.equals("error") ? ":error-code" : ":event-type", "");
        return new EventMessage(kind, name, fields.get(":error-message"), new Slice(buffer, PRELUDE + headers, length - 4));
    }

    private int read(int at, int length) {
        try {
            return in.readNBytes(buffer, at, length);
        } catch (IOException e) {
            throw new GatewayException(ErrorType.UPSTREAM_TRUNCATED, "The provider's stream broke off: the connection ended.", e);
        }
    }

    private void grow(int length) {
        if (buffer.length < length) {
            buffer = java.util.Arrays.copyOf(buffer, Math.max(length, buffer.length * 2));
        }
    }

    /** The string headers by name; the values of other types are stepped over. */
    private Map<String, String> headers(int from, int to) {
        Map<String, String> fields = new HashMap<>();
        int at = from;
        while (at < to) {
            int nameTo = at + 1 + (buffer[at] & 0xff);
            if (nameTo >= to) {
                throw invalid("a header is cut off");
            }
            String name = new String(buffer, at + 1, nameTo - at - 1, UTF_8);
            int type = buffer[nameTo];
            int valueFrom = nameTo + 1;
            int valueTo = switch (type) {
                case 0, 1 -> valueFrom;
                case 2 -> valueFrom + 1;
                case 3 -> valueFrom + 2;
                case 4 -> valueFrom + 4;
                case 5, 8 -> valueFrom + 8;
                case 9 -> valueFrom + 16;
                case 6, STRING -> {
                    valueFrom += 2;
                    yield valueFrom > to ? valueFrom : valueFrom + ((buffer[valueFrom - 2] & 0xff) << 8 | buffer[valueFrom - 1] & 0xff);
                }
                default -> throw invalid("a header has an unknown type");
            };
            if (valueTo > to) {
                throw invalid("a header is cut off");
            }
            if (type == STRING) {
                fields.put(name, new String(buffer, valueFrom, valueTo - valueFrom, UTF_8));
            }
            at = valueTo;
        }
        return fields;
    }

    private int number(int at) {
        return (buffer[at] & 0xff) << 24 | (buffer[at + 1] & 0xff) << 16 | (buffer[at + 2] & 0xff) << 8 | buffer[at + 3] & 0xff;
    }

    /** The sum at {@code at} is that of everything before it. */
    private void requireSum(int at, String what) {
        CRC32 sum = new CRC32();
        sum.update(buffer, 0, at);
        if ((int) sum.getValue() != number(at)) {
            throw invalid("the checksum of " + what + " is wrong");
        }
    }

    private static void requireAll(int read, int length) {
        if (read < length) {
            throw new GatewayException(ErrorType.UPSTREAM_TRUNCATED, "The provider's stream broke off inside a message.");
        }
    }

    private static GatewayException invalid(String why) {
        return new GatewayException(ErrorType.UPSTREAM_INVALID, "The provider's event stream is not valid: " + why + ".");
    }
}
