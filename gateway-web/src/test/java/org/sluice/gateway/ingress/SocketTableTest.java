package org.sluice.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketTableTest {
    private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    /** Reliability C6. */
    @Test
    void a_peer_that_answers_nothing_is_told_from_one_that_does_not_read(@TempDir Path folder) throws Exception {
        Path v4 = Files.writeString(folder.resolve("tcp"), HEAD
                + "   0: 0100007F:2378 0100007F:9C40 01 00000045:00000000 01:00000519 00000007     0        0 1 2 0 20 0 0 10 -1\n"
                + "   1: 0100007F:2378 0100007F:9C41 01 00000045:00000000 01:00000519 00000006     0        0 1 2 0 20 0 0 10 -1\n"
                + "   2: 0100007F:2378 0100007F:9C42 01 0027AC45:00000000 04:00000519 00000000     0       11 1 2 0 20 0 0 10 -1\n"
                + "   3: 0100007F:2378 0100007F:9C43 01 00000045:00000000 01:00001A19 0000000A     0        0 1 2 0 20 0 0 10 -1\n");
        SocketTable.Connections table = new SocketTable(List.of(v4)).read();
        assertThat(table.lost()).containsExactlyInAnyOrder(SocketTable.Connection.of(new Exchange.Peer("127.0.0.1", 40000, 9080)),
                SocketTable.Connection.of(new Exchange.Peer("127.0.0.1", 40003, 9080)));
        assertThat(table.open()).containsExactlyInAnyOrder(SocketTable.Connection.of(new Exchange.Peer("127.0.0.1", 40001, 9080)),
                SocketTable.Connection.of(new Exchange.Peer("127.0.0.1", 40002, 9080)));
    }

    @Test
    void connections_whose_peer_has_closed_are_told_from_open_ones(@TempDir Path folder) throws Exception {
        Path v4 = Files.writeString(folder.resolve("tcp"), HEAD
                + "   0: 0100007F:2378 0100007F:9C40 08 00000000:00000000 00:00000000 00000000     0        0 1 1\n"
                + "   1: 0100007F:2378 0100007F:9C41 01 00000000:00000000 00:00000000 00000000     0        0 1 1\n");
        Path v6 = Files.writeString(folder.resolve("tcp6"), HEAD
                + "   0: 0000000000000000FFFF00000100007F:2378 0000000000000000FFFF00000200007F:9C42 08 0:0 00:0 0 0 0 1 1\n"
                + "   1: 00000000000000000000000001000000:2378 00000000000000000000000001000000:9C43 08 0:0 00:0 0 0 0 1 1\n");
        SocketTable.Connections table = new SocketTable(List.of(v4, v6)).read();
        assertThat(table.open()).containsExactly(SocketTable.Connection.of(new Exchange.Peer("127.0.0.1", 40001, 9080)));
        assertThat(table.lost()).containsExactlyInAnyOrder(
                SocketTable.Connection.of(new Exchange.Peer("127.0.0.1", 40000, 9080)),
                SocketTable.Connection.of(new Exchange.Peer("127.0.0.2", 40002, 9080)),
                SocketTable.Connection.of(new Exchange.Peer("::1", 40003, 9080)));
    }
}
