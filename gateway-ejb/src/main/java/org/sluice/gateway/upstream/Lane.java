package org.sluice.gateway.upstream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The connections to one origin: how many there are, and which are idle, the latest used first. Thread-safe. */
final class Lane {
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final int maxOpen;
    private final int maxIdle;
    private int open;
    private boolean isRetired;

    Lane(int maxOpen, int maxIdle) {
        this.maxOpen = maxOpen;
        this.maxIdle = maxIdle;
    }

    /** What came out of asking for a connection. */
    enum Answer { LEASED, MAY_OPEN, FULL, RETIRED }

    /** Takes an idle connection, or else a place for a new one. */
    Answer take(Connection[] leased, boolean wantsNew) {
        lock.lock();
        try {
            if (isRetired) {
                return Answer.RETIRED;
            }
            if (!wantsNew && !idle.isEmpty()) {
                leased[0] = idle.pollFirst();
                return Answer.LEASED;
            }
            if (open >= maxOpen) {
                return Answer.FULL;
            }
            open++;
            return Answer.MAY_OPEN;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a connection; false when enough are kept. */
    boolean keep(Connection connection) {
        lock.lock();
        try {
            if (idle.size() >= maxIdle || isRetired) {
                return false;
            }
            idle.addFirst(connection);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A connection is gone, or could not be opened. */
    void free() {
        lock.lock();
        try {
            open--;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what has waited too long or was closed by the server; the caller closes them. */
    List<Connection> expired(long now, long coldNanos, long maxAgeNanos) {
        List<Connection> gone = new ArrayList<>();
        lock.lock();
        try {
            for (Iterator<Connection> oldest = idle.descendingIterator(); oldest.hasNext();) {
                Connection connection = oldest.next();
                if (now - connection.idleSinceNanos < coldNanos) {
                    break;
                }
                if (isExpired(connection, now, maxAgeNanos) || connection.isStale()) {
                    oldest.remove();
                    gone.add(connection);
                }
            }
        } finally {
            lock.unlock();
        }
        return gone;
    }

    static boolean isExpired(Connection connection, long now, long maxAgeNanos) {
        return now - connection.idleUntilNanos >= 0 || now - connection.openedNanos >= maxAgeNanos;
    }

    /** True when nobody uses the lane any more; it then takes no connections. */
    boolean retire() {
        lock.lock();
        try {
            isRetired = isRetired || open == 0;
            return isRetired;
        } finally {
            lock.unlock();
        }
    }

    /** Empties the lane for good. */
    List<Connection> shut() {
        lock.lock();
        try {
            isRetired = true;
            List<Connection> all = new ArrayList<>(idle);
            idle.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    int openCount() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    int idleCount() {
        lock.lock();
        try {
            return idle.size();
        } finally {
            lock.unlock();
        }
    }
}
