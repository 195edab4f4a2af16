package org.sluice.gateway.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.sluice.gateway.error.ErrorType;

/**
 * Opens connections: resolves the name once and connects to exactly the addresses that came back, in order, after the egress
 * policy has seen all of them where the origin is not trusted. An address
 * that does not answer within 250 ms makes way for the next one; the last one gets the rest of the time. TLS checks the
 * name, never the address.
 */
final class Connector {
    private static final long NEXT_ADDRESS_NANOS = 250_000_000L;
    private final Resolver resolver;
    private final EgressPolicy egress;
    private final SSLSocketFactory tls;
    private final Consumer<Connection> watch;

    /** @param watch told of every connection before it blocks, so that somebody closes it at its deadline */
    Connector(Resolver resolver, EgressPolicy egress, SSLSocketFactory tls, Consumer<Connection> watch) {
        this.resolver = resolver;
        this.egress = egress;
        this.tls = tls;
        this.watch = watch;
    }

    /** @param deadlineNanos when TCP and TLS must stand */
    Connection open(Origin origin, long deadlineNanos) {
        InetAddress[] addresses = origin.isTrusted() ? resolver.resolve(origin.host(), deadlineNanos) : admitted(origin, deadlineNanos);
        IOException last = null;
        for (int i = 0; i < addresses.length; i++) {
            long until = i == addresses.length - 1 ? deadlineNanos
                    : Deadlines.earlier(deadlineNanos, System.nanoTime() + NEXT_ADDRESS_NANOS);
            try {
                return open(origin, addresses[i], until, deadlineNanos);
            } catch (IOException e) {
                last = e;
                if (Thread.currentThread().isInterrupted()) {
                    throw UpstreamException.cancelled(Phase.P0, e);
                }
                if (System.nanoTime() - deadlineNanos >= 0) {
                    throw UpstreamException.timeout(Phase.P0, e);
                }
            }
        }
        throw UpstreamException.unreachable(last);
    }

    /** A name that nobody knows and one whose addresses are not called look the same. */
    private InetAddress[] admitted(Origin origin, long deadlineNanos) {
        InetAddress[] addresses;
        try {
            addresses = resolver.resolve(origin.host(), deadlineNanos);
        } catch (UpstreamException unknown) {
            if (unknown.type() == ErrorType.UPSTREAM_UNREACHABLE || unknown.type() == ErrorType.UPSTREAM_TIMEOUT) {
                throw new EgressPolicy.Refusal();
            }
            throw unknown;
        }
        return egress.admit(origin, addresses);
    }

    private Connection open(Origin origin, InetAddress address, long until, long deadlineNanos) throws IOException {
        Connection connection = new Connection(origin);
        boolean isOpen = false;
        try {
            connection.arm(until);
            watch.accept(connection);
            connection.channel().connect(new InetSocketAddress(address, origin.port()));
            connection.arm(deadlineNanos);
            connection.use(origin.isTls() ? secure(connection) : new PlainWire(connection.channel()));
            isOpen = true;
            return connection;
        } finally {
            if (!isOpen) {
                connection.cut();
            }
        }
    }

    private Wire secure(Connection connection) {
        Origin origin = connection.origin;
        try {
            return TlsWire.open((SSLSocket) tls.createSocket(connection.channel().socket(), origin.host(), origin.port(), true));
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw UpstreamException.cancelled(Phase.P0, e);
            }
            throw connection.isOverdue() ? UpstreamException.timeout(Phase.P0, e) : UpstreamException.tls(e);
        }
    }
}
