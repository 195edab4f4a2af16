package org.sluice.gateway.ingress;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The kernel's table of TCP connections ({@code /proc/net/tcp}, proc(5)): which are open, and which peers have closed their end. */
final class SocketTable {
    private static final String ESTABLISHED = "01";
    private static final String CLOSE_WAIT = "08";
    private final List<Path> tables;

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
     * One look at the table.
     *
     * @param open the {@link #connection} of every established connection
     * @param closedByPeer of every connection whose peer has closed; one that was reset stands in neither
     */
    record Connections(Set<String> open, Set<String> closedByPeer) { }

    Connections read() {
        Connections all = new Connections(new HashSet<>(), new HashSet<>());
        for (Path table : tables) {
            try (BufferedReader lines = Files.newBufferedReader(table)) {
                lines.readLine();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    add(line, all);
                }
            } catch (IOException absent) {
                // IPv6 may be off
            }
        }
        return all;
    }

    /** {@code sl local_address rem_address st ...}, addresses as HEX:PORT. */
    private static void add(String line, Connections all) throws IOException {
        String[] fields = line.trim().split("\\s+", 5);
        Set<String> group = fields.length < 4 ? null : fields[3].equals(ESTABLISHED) ? all.open : fields[3].equals(CLOSE_WAIT) ? all.closedByPeer : null;
        if (group != null) {
            group.add(address(fields[2]) + ' ' + port(fields[2]) + ' ' + port(fields[1]));
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
    }

    /** The kernel prints each group of four bytes as a number in its own byte order. */
    private static String address(String hexAndPort) throws IOException {
        String hex = hexAndPort.substring(0, hexAndPort.lastIndexOf(':'));
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int reversed = i / 4 * 4 + 3 - i % 4;
            bytes[reversed] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return InetAddress.getByAddress(bytes).getHostAddress();
    }

    /** A connection's name in {@link #closedByPeer}. */
    static String connection(Exchange.Peer peer) {
        try {
            return InetAddress.getByName(peer.remoteAddress()).getHostAddress() + ' ' + peer.remotePort() + ' ' + peer.localPort();
        } catch (IOException notAnAddress) {
            return "";
        }
    }
}
