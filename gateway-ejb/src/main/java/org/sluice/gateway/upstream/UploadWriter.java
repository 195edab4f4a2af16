package org.sluice.gateway.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.Upload;

/** Sends an upload as it arrives: each piece that is read is written before the next is waited for. */
final class UploadWriter {
    private static final int PIECE = 32 * 1024;
    /** Room for the size line of a chunk in front of the piece, and for the line end behind it. */
    private static final int LEAD = 8;
    private static final int TAIL = 2;
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private final Exchange exchange;
    private final InputStream content;
    private final long length;

    UploadWriter(Exchange exchange, Upload upload) {
        this.exchange = exchange;
        this.content = upload.content();
        this.length = upload.length();
    }

    /** @throws GatewayException REQUEST_TIMEOUT when the client's bytes stop coming, INVALID_VALUE when they are more or fewer than announced */
    void write() throws IOException {
        if (length >= 0) {
            announced();
        } else {
            chunked();
        }
    }

    private void announced() throws IOException {
        byte[] piece = new byte[PIECE];
        long left = length;
        while (left > 0) {
            int read = read(piece, 0, (int) Math.min(left, PIECE));
            if (read < 0) {
                throw new GatewayException(ErrorType.INVALID_VALUE, "The request body is shorter than its Content-Length.");
            }
            exchange.writePiece(piece, read);
            left -= read;
        }
    }

    private void chunked() throws IOException {
        byte[] piece = new byte[LEAD + PIECE + TAIL];
        for (int read = read(piece, LEAD, PIECE); read >= 0; read = read(piece, LEAD, PIECE)) {
            if (read > 0) {
                byte[] size = (Integer.toHexString(read) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(piece, LEAD, piece, size.length, read);
                System.arraycopy(size, 0, piece, 0, size.length);
                piece[size.length + read] = '\r';
                piece[size.length + read + 1] = '\n';
                exchange.writePiece(piece, size.length + read + TAIL);
            }
        }
        exchange.writePiece(LAST_CHUNK, LAST_CHUNK.length);
    }

    /** What goes wrong on the client's side must not look like the provider's fault. */
    private int read(byte[] target, int from, int most) {
        try {
            return content.read(target, from, most);
        } catch (IOException e) {
            throw new GatewayException(ErrorType.REQUEST_TIMEOUT, "The request body did not arrive completely.", e);
        }
    }
}
