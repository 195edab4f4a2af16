package org.sluice.gateway.ingress;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.provider.Cancellation;

/**
 * Notices a client that closes its connection while the gateway has nothing to write yet, and one that vanished and will
 * never acknowledge what is written. Servlets cannot tell; the kernel can: the connection is then in CLOSE_WAIT, or gone from
 * the table after a reset, or its data is sent again and again. Once a second, and only while some
 * call has been under way for nearly that long, the socket table is read. Absence counts only for peers whose connections
 * have been seen there: the address of others may be one that a proxy told. Where there is no table (not Linux), a gone
 * client is noticed at the next write. A client that closes only its sending half looks the same as one that is gone;
 * {@code gateway.door.half-close=complete} serves such clients and gives up this watch.
 */
@ApplicationScoped
public class DisconnectWatch {
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final int MOST_PEERS = 10_000;
    @Inject GatewayConfig config;
    private final Set<String> directPeers = ConcurrentHashMap.newKeySet();
    private final Set<Registration> registrations = ConcurrentHashMap.newKeySet();
    private final SocketTable sockets = new SocketTable();
    private ScheduledExecutorService clock;
    private boolean isOn;

    @PostConstruct
    void open() {
        isOn = config.doorHalfClose().equals("cancel") && sockets.isReadable();
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "gateway-disconnects");
            thread.setDaemon(true);
            return thread;
        });
        if (isOn) {
            clock.scheduleWithFixedDelay(this::look, 1000, 1000, TimeUnit.MILLISECONDS);
        }
    }

    Registration watch(Exchange.Peer peer, Cancellation cancellation) {
        Registration registration = new Registration(peer, cancellation, System.nanoTime(), registrations);
        if (isOn && peer != null) {
            registrations.add(registration);
        }
        return registration;
    }

    void look() {
        long begin = System.nanoTime();
        boolean isAnyOld = false;
        List<Registration> watched = List.copyOf(registrations); // before the table is read: what comes later may not stand in it
        for (Registration registration : watched) {
            isAnyOld |= begin - registration.sinceNanos > GRACE_NANOS;
        }
        if (!isAnyOld) {
            return;
        }
        SocketTable.Connections table = sockets.read();
        SocketTable.Connections again = null;
        for (Registration registration : watched) {
            SocketTable.Connection connection = SocketTable.Connection.of(registration.peer);
            if (connection == null) {
                continue;
            }
            if (table.open().contains(connection)) {
                addDirect(registration.peer.remoteAddress());
            } else if (table.lost().contains(connection)) {
                registration.cancel();
            } else if (directPeers.contains(registration.peer.remoteAddress())) {
                // a table that changes while it is read may miss a line, hardly twice the same
                again = again == null ? sockets.read() : again;
                if (!again.open().contains(connection)) {
                    registration.cancel();
                }
            }
        }
    }

    private void addDirect(String address) {
        if (directPeers.size() < MOST_PEERS) {
            directPeers.add(address);
        }
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
    }

    static final class Registration implements AutoCloseable {
        private final Exchange.Peer peer;
        private final Cancellation cancellation;
        private final long sinceNanos;
        private final Set<Registration> home;

        Registration(Exchange.Peer peer, Cancellation cancellation, long sinceNanos, Set<Registration> home) {
            this.peer = peer;
            this.cancellation = cancellation;
            this.sinceNanos = sinceNanos;
            this.home = home;
        }

        private void cancel() {
            close();
            cancellation.cancel();
        }

        @Override
        public void close() {
            home.remove(this);
        }
    }
}
