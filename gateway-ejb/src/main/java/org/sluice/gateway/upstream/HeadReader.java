package org.sluice.gateway.upstream;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the head of an answer from the connection's buffer, after up to eight interim (1xx) heads. Lines end in CRLF or
 * LF; a line is looked at once. All heads of one answer together are bounded.
 */
final class HeadReader {
    private static final int MAX_INTERIM = 8;
    private final Connection connection;
    private final int maxBytes;
    private int consumed;

    HeadReader(Connection connection, int maxBytes) {
        this.connection = connection;
        this.maxBytes = maxBytes;
    }

    ResponseHead read() throws IOException {
        for (int interim = 0; interim <= MAX_INTERIM; interim++) {
            ResponseHead head = readOne();
            if (head.status >= 200) {
                return head;
            }
            if (head.status == 101) {
                throw UpstreamException.invalid(Phase.P2, "protocol switched");
            }
        }
        throw UpstreamException.invalid(Phase.P2, "too many interim answers");
    }

    private ResponseHead readOne() throws IOException {
        int lineFeed = lineFeed(connection.at);
        int fieldsFrom = lineFeed + 1 - connection.at;
        ResponseHead head = new ResponseHead(connection.buffer, connection.at, lineEnd(connection.at, lineFeed));
        while (true) {
            int line = lineFeed + 1;
            lineFeed = lineFeed(line);
            int end = lineEnd(line, lineFeed);
            if (end == line) {
                head.end();
                head.fields = new HeaderFields(Arrays.copyOfRange(connection.buffer, connection.at + fieldsFrom, line));
                consumed += lineFeed + 1 - connection.at;
                connection.at = lineFeed + 1;
                return head;
            }
            head.field(connection.buffer, line, end);
        }
    }

    /** Index of the next LF. Reading on leaves the head where it is: its start is {@code connection.at} all along. */
    private int lineFeed(int from) throws IOException {
        int i = from;
        while (true) {
            for (; i < connection.end; i++) {
                if (connection.buffer[i] == '\n') {
                    return i;
                }
            }
            boolean isEmpty = connection.at == connection.end;
            if (consumed + connection.buffered() >= maxBytes) {
                throw UpstreamException.invalid(Phase.P2, "head too long");
            }
            if (!connection.fill(2 * maxBytes)) {
                throw new EOFException("head");
            }
            if (isEmpty) {
                i = connection.at;
            }
        }
    }

    private int lineEnd(int line, int lineFeed) {
        return lineFeed > line && connection.buffer[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
    }
}
