package org.sluice.gateway.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/** One instance, one directory: a file lock that the system gives back when the process dies. */
final class DirectoryLock {
    private final SegmentFiles files;
    private FileChannel channel;

    /** @throws GatewayException when another instance holds it */
    DirectoryLock(SegmentFiles files) throws IOException {
        this.files = files;
        channel = take();
    }

    boolean isInPlace() {
        return Files.exists(files.lockPath());
    }

    /** Takes the lock again when its file is gone. */
    void renew() throws IOException {
        if (!isInPlace()) {
            FileChannel renewed = take();
            release();
            channel = renewed;
        }
    }

    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            // closing a file ends its lock in any case
        }
    }

    private FileChannel take() throws IOException {
        FileChannel opened = files.openLock();
        try {
            if (opened.tryLock() != null) {
                return opened;
            }
        } catch (OverlappingFileLockException e) {
            // held by this very process
        }
        opened.close();
        throw new GatewayException(ErrorType.OVERLOADED,
                "Another instance uses the journal directory; give each instance its own.");
    }
}
