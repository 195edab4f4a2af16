package org.sluice.gateway.ingress;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** Bytes that must wait until something behind them is known: in memory while they are few, else in a file that goes with {@link #close}. */
final class Spool implements AutoCloseable {
    private static final int IN_MEMORY = 256 * 1024;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final long most;
    private SeekableByteChannel file;
    private long length;

    /** @param most bytes it may hold */
    Spool(long most) {
        this.most = most;
    }

    /** @throws GatewayException TOO_LARGE */
    void write(byte[] bytes, int from, int count) throws IOException {
        length += count;
        if (length > most) {
            throw new GatewayException(ErrorType.TOO_LARGE, "The file stands before the field 'model' and is larger than " + most
                    + " bytes; send the fields before the file, then it passes while it arrives.");
        }
        if (file == null && length <= IN_MEMORY) {
            memory.write(bytes, from, count);
            return;
        }
        if (file == null) {
            Path path = Files.createTempFile("gateway-upload", ".part");
            file = Files.newByteChannel(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            write(ByteBuffer.wrap(memory.toByteArray()));
            memory.reset();
        }
        write(ByteBuffer.wrap(bytes, from, count));
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    long length() {
        return length;
    }

    boolean isInFile() {
        return file != null;
    }

    /** From the beginning; one at a time. */
    InputStream open() throws IOException {
        if (file == null) {
            return new ByteArrayInputStream(memory.toByteArray());
        }
        file.position(0);
        return Channels.newInputStream(file);
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // the system removes what is left in its folder for temporary files
        }
    }
}
