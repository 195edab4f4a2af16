package org.sluice.gateway.pipeline;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.sluice.gateway.provider.Upload;

/** Counts the bytes of an upload. */
final class UploadMeter extends FilterInputStream {
    private volatile long bytes;

    private UploadMeter(InputStream content) {
        super(content);
    }

    /** Nothing yet. */
    static UploadMeter idle() {
        return new UploadMeter(InputStream.nullInputStream());
    }

    /** The same upload, counted. */
    Upload count(Upload upload) {
        in = upload.content();
        return new Upload(this, upload.length());
    }

    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        bytes += read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        int read = super.read(target, from, most);
        bytes += Math.max(0, read);
        return read;
    }
}
