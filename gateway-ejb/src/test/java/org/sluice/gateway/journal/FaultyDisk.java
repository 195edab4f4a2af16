package org.sluice.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/** A real disk with little room, or one whose sync fails. */
final class FaultyDisk implements SegmentWriter.Opener {
    volatile long roomBytes = Long.MAX_VALUE;
    volatile int failingForces;
    /** A sync waits for it; null for a disk that is fast. */
    volatile CountDownLatch forceGate;

    @Override
    public FileChannel create(Path file) throws IOException {
        return new Channel(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private final class Channel extends FileChannel {
        private final FileChannel real;

        Channel(FileChannel real) {
            this.real = real;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int wanted = source.remaining();
            if (roomBytes <= 0) {
                throw new IOException("No space left on device");
            }
            int taken = (int) Math.min(wanted, roomBytes);
            ByteBuffer part = source.slice().limit(taken);
            real.write(part, position);
            source.position(source.position() + taken);
            roomBytes = roomBytes == Long.MAX_VALUE ? roomBytes : roomBytes - taken;
            return taken;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (failingForces > 0) {
                failingForces--;
                throw new IOException("Input/output error");
            }
            if (forceGate != null) {
                try {
                    forceGate.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            real.force(metaData);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return real.read(target, position);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            real.truncate(size);
            return this;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }

        @Override public int read(ByteBuffer target) { throw new UnsupportedOperationException(); }
        @Override public long read(ByteBuffer[] targets, int offset, int length) { throw new UnsupportedOperationException(); }
        @Override public int write(ByteBuffer source) { throw new UnsupportedOperationException(); }
        @Override public long write(ByteBuffer[] sources, int offset, int length) { throw new UnsupportedOperationException(); }
        @Override public long position() { throw new UnsupportedOperationException(); }
        @Override public FileChannel position(long position) { throw new UnsupportedOperationException(); }
        @Override public long transferTo(long position, long count, WritableByteChannel target) { throw new UnsupportedOperationException(); }
        @Override public long transferFrom(ReadableByteChannel source, long position, long count) { throw new UnsupportedOperationException(); }
        @Override public MappedByteBuffer map(MapMode mode, long position, long size) { throw new UnsupportedOperationException(); }
        @Override public FileLock lock(long position, long size, boolean shared) { throw new UnsupportedOperationException(); }
        @Override public FileLock tryLock(long position, long size, boolean shared) { throw new UnsupportedOperationException(); }
    }
}
