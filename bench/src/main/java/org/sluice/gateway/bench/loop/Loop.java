package org.sluice.gateway.bench.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The thread; see the package. */
public final class Loop implements AutoCloseable {
    private static final long MOST_MILLIS = 500;
    private final Selector selector;
    private final TimerWheel wheel = new TimerWheel(System.nanoTime());
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(128 * 1024);
    private final Thread thread;
    private volatile boolean isOpen = true;

    public Loop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs a task on the loop's thread; from any thread. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    public SelectionKey register(SelectableChannel channel, int operations, Wired wired) throws IOException {
        return channel.register(selector, operations, wired);
    }

    /** Makes the loop look at changed interests; from any thread. */
    public void wakeup() {
        selector.wakeup();
    }

    public TimerWheel timers() {
        return wheel;
    }

    /** A buffer for reading or encoding within one turn, shared by all connections of the loop. */
    public ByteBuffer scratch() {
        return scratch.clear();
    }

    private void run() {
        try {
            while (isOpen) {
                long wait = tasks.isEmpty() ? wheel.millisToNext(System.nanoTime(), MOST_MILLIS) : 0;
                if (wait == 0) {
                    selector.selectNow(this::dispatch);
                } else {
                    selector.select(this::dispatch, wait);
                }
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                wheel.advance(System.nanoTime());
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void dispatch(SelectionKey key) {
        Wired wired = (Wired) key.attachment();
        try {
            if (key.isValid()) {
                wired.ready(key);
            }
        } catch (IOException e) {
            wired.fail(e);
        }
    }

    /** Closes every socket of the loop and waits for its end. */
    @Override
    public void close() {
        isOpen = false;
        selector.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
