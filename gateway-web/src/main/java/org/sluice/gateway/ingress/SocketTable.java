package org.sluice.gateway.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The kernel's table of TCP connections ({@code /proc/net/tcp}, proc(5)): which are open, and which peers have closed their
 * end or fallen silent. Thousands of lines are read while streams run, so nothing is made of a line but its entry. For one thread.
 */
final class SocketTable {
    private static final int ESTABLISHED = 1;
    private static final int CLOSE_WAIT = 8;
    /**
     * Data sent again so many times without an answer: 25 s after it was sent on a fast network (200 ms doubled each time),
     * later on a slow one. A peer that is there and does not read does answer.
     */
    private static final int RETRANSMISSIONS_OF_A_LOST_PEER = 7;
    private static final long IPV4_IN_IPV6 = 0xffffL << 32;
    private final List<Path> tables;
    private byte[] text = new byte[64 * 1024];
    private int end;
    private int at;

    SocketTable() {
        this(List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")));
    }

    SocketTable(List<Path> tables) {
        this.tables = tables;
    }

    boolean isReadable() {
        return tables.stream().anyMatch(Files::isReadable);
    }

    /**
     * A connection seen from here.
     *
     * @param high and {@code low} the peer's address as IPv6
     * @param ports the peer's, and ours in the lower half
     */
    record Connection(long high, long low, int ports) {
        /** @return null when the address is none */
        static Connection of(Exchange.Peer peer) {
            try {
                ByteBuffer address = ByteBuffer.wrap(InetAddress.getByName(peer.remoteAddress()).getAddress());
                int ports = peer.remotePort() << 16 | peer.localPort();
                return address.remaining() == 4 ? ofIpv4(address.getInt(), ports) : new Connection(address.getLong(), address.getLong(), ports);
            } catch (IOException notAnAddress) {
                return null;
            }
        }

        private static Connection ofIpv4(int address, int ports) {
            return new Connection(0, IPV4_IN_IPV6 | address & 0xffffffffL, ports);
        }
    }

    /**
     * One look at the table.
     *
     * @param open every established connection
     * @param lost every connection whose peer has closed or answers nothing any more; one that was reset stands in neither
     */
    record Connections(Set<Connection> open, Set<Connection> lost) { }

    Connections read() {
        Connections all = new Connections(new HashSet<>(), new HashSet<>());
        for (Path table : tables) {
            try (InputStream in = Files.newInputStream(table)) {
                load(in);
                nextLine();
                while (at < end) {
                    add(all);
                    nextLine();
                }
            } catch (IOException absent) {
                // IPv6 may be off
            }
        }
        return all;
    }

    private void load(InputStream in) throws IOException {
        at = 0;
        end = 0;
        for (int read = in.read(text, 0, text.length); read > 0; read = in.read(text, end, text.length - end)) {
            end += read;
            if (end == text.length) {
                text = Arrays.copyOf(text, end * 2);
            }
        }
    }

    private void nextLine() {
        while (at < end && text[at] != '\n') {
            at++;
        }
        at++;
    }

    /** {@code sl: local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt ...}, addresses as HEX:PORT, eight or 32 digits. */
    private void add(Connections all) {
        while (at < end && text[at++] != ':') { }
        skipSpaces();
        for (int digit = digit(); digit >= 0; digit = digit()) { }
        int localPort = (int) hex(4);
        skipSpaces();
        int from = at;
        for (int digit = digit(); digit >= 0; digit = digit()) { }
        int digits = at - 1 - from;
        int remotePort = (int) hex(4);
        skipSpaces();
        int state = (int) hex(2);
        if (state == ESTABLISHED || state == CLOSE_WAIT) {
            int stateEnd = at;
            at = from;
            int ports = remotePort << 16 | localPort;
            Connection connection = digits == 8 ? Connection.ofIpv4(word(), ports) : new Connection(doubleWord(), doubleWord(), ports);
            at = stateEnd;
            (state == ESTABLISHED && retransmissions() < RETRANSMISSIONS_OF_A_LOST_PEER ? all.open : all.lost).add(connection);
        }
    }

    private long retransmissions() {
        skipWord();
        skipWord();
        skipSpaces();
        return hex(8);
    }

    private void skipWord() {
        skipSpaces();
        while (at < end && text[at] != ' ') {
            at++;
        }
    }

    private void skipSpaces() {
        while (at < end && text[at] == ' ') {
            at++;
        }
    }

    /** The next hexadecimal digit; -1, and past it, when the next byte is none. */
    private int digit() {
        return at < end ? Character.digit(text[at++], 16) : -1;
    }

    private long hex(int digits) {
        long number = 0;
        for (int i = 0; i < digits; i++) {
            number = number << 4 | Math.max(0, digit());
        }
        return number;
    }

    /** The kernel prints each group of four bytes as a number in its own byte order, which is taken to be the lowest first. */
    private int word() {
        return Integer.reverseBytes((int) hex(8));
    }

    private long doubleWord() {
        return (long) word() << 32 | word() & 0xffffffffL;
    }
}
