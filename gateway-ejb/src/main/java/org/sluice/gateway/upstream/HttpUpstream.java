package org.sluice.gateway.upstream;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.sluice.gateway.provider.Cancellation;
import org.sluice.gateway.provider.Upstream;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;

/** The HTTP/1.1 client: one request to a provider, on a kept connection if there is one. Thread-safe. */
@ApplicationScoped
public class HttpUpstream implements Upstream {
    @Inject
    Instance<UpstreamSettings> configured;
    @Inject
    Instance<EgressRules> egressRules;

    private UpstreamSettings settings;
    private EgressPolicy egress;
    private Pause pause;
    private Resolver resolver;
    private ConnectionPool pool;
    private Watchdog watchdog;
    private final LongAdder sent = new LongAdder();
    private final LongAdder resent = new LongAdder();

    /** For CDI. */
    public HttpUpstream() { }

    /** Outside a container; ready at once. */
    public HttpUpstream(UpstreamSettings settings, SSLSocketFactory tls) {
        this(settings, tls, InetAddress::getAllByName, System::nanoTime);
    }

    HttpUpstream(UpstreamSettings settings, SSLSocketFactory tls, Resolver.Lookup lookup, LongSupplier nanos) {
        this(settings, EgressRules.defaults(), tls, lookup, nanos, Pause.REAL);
    }

    HttpUpstream(UpstreamSettings settings, EgressRules rules, SSLSocketFactory tls, Resolver.Lookup lookup, LongSupplier nanos, Pause pause) {
        open(settings, rules, tls, lookup, nanos, pause);
    }

    @PostConstruct
    void open() {
        UpstreamSettings chosen = configured.isResolvable() ? configured.get() : UpstreamSettings.defaults();
        EgressRules rules = egressRules.isResolvable() ? egressRules.get() : EgressRules.defaults();
        open(chosen, rules, (SSLSocketFactory) SSLSocketFactory.getDefault(), InetAddress::getAllByName, System::nanoTime, Pause.REAL);
    }

    private void open(UpstreamSettings chosen, EgressRules rules, SSLSocketFactory tls, Resolver.Lookup lookup, LongSupplier nanos, Pause ofRefusals) {
        settings = chosen;
        egress = new EgressPolicy(rules, nanos);
        pause = ofRefusals;
        resolver = new Resolver(lookup);
        watchdog = new Watchdog(Deadlines.nanos(chosen.sweepEvery()), () -> pool.evict());
        pool = new ConnectionPool(chosen, new Connector(resolver, egress, tls, watchdog::watch), nanos);
        watchdog.start();
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request) {
        return send(request, new Cancellation());
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, Cancellation cancellation) {
        if (request.source().isTrusted()) {
            return send(request, Origin.of(request.uri()), cancellation);
        }
        long startedNanos = System.nanoTime();
        try {
            Origin origin = egress.admit(request.uri(), request.source());
            return UntrustedResponse.of(send(request, origin, cancellation), egress.isListed(origin));
        } catch (EgressPolicy.Refusal refused) {
            pause.untilTold(startedNanos);
            throw UpstreamException.refused(request.source().param());
        }
    }

    private UpstreamResponse send(UpstreamRequest request, Origin origin, Cancellation cancellation) {
        byte[] head = RequestHead.write(request, origin);
        long endNanos = Deadlines.after(System.nanoTime(), request.limits().total());
        Exchange exchange = exchange(request, origin, endNanos, request.upload() != null);
        cancellation.onCancel(exchange::cut);
        try {
            return answer(exchange, head, request, false);
        } catch (UpstreamException e) {
            if (cancellation.isCancelled() || request.upload() != null || !exchange.mayResend(e, Deadlines.nanos(settings.resendWithin()))) {
                throw e;
            }
        }
        resent.increment();
        Exchange second = exchange(request, origin, endNanos, true);
        cancellation.onCancel(second::cut);
        return answer(second, head, request, true);
    }

    private Exchange exchange(UpstreamRequest request, Origin origin, long endNanos, boolean wantsNew) {
        long connectNanos = Deadlines.earlier(endNanos, Deadlines.after(System.nanoTime(), request.limits().connect()));
        Connection connection = pool.lease(origin, wantsNew, connectNanos);
        if (!origin.isTrusted()) {
            egress.used(origin, request.source(), connection.channel().socket().getRemoteSocketAddress());
        }
        Pace pace = settings.leastPerSecond() == 0 || !request.isStream() ? null : new Pace(settings.leastPerSecond(), Deadlines.nanos(settings.paceWindow()));
        return new Exchange(pool, connection, request, settings.maxHeadBytes(), endNanos, pace);
    }

    private UpstreamResponse answer(Exchange exchange, byte[] requestHead, UpstreamRequest request, boolean isResent) {
        sent.increment();
        ResponseHead head = exchange.send(requestHead, request);
        if (head.status >= 300 && head.status < 400) {
            throw exchange.failed(exchange.invalid("a redirect, which is not followed"));
        }
        boolean isStream = request.isStream() && head.status < 300;
        int maxBytes = isStream ? settings.maxStreamBytes() : settings.maxWholeBytes();
        return new HttpResponse(exchange, head, maxBytes, isResent, Deadlines.nanos(settings.finishGrace()));
    }

    /** What the client has open and has done. */
    public UpstreamStatistics statistics() {
        int idle = pool.idleCount();
        int open = Math.max(idle, pool.openCount());
        return new UpstreamStatistics(open, idle, open - idle, sent.sum(), pool.openedCount(), resent.sum(), watchdog.timeouts());
    }

    /** Closes all connections; calls under way fail. */
    @PreDestroy
    public void close() {
        pool.close();
        watchdog.close();
        resolver.close();
    }
}
