package org.sluice.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sluice.gateway.upstream.Calls.failure;
import static org.sluice.gateway.upstream.Calls.text;
import static org.sluice.gateway.upstream.Calls.whole;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.provider.AddressSource;
import org.sluice.gateway.provider.UpstreamRequest;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.upstream.EgressRules.CustomBase;

/** Requests to an address that is not the operator's, with sockets on loopback and name servers that lie. */
class EgressTest {
    private final List<String> lookUps = new CopyOnWriteArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(System.nanoTime());
    private Resolver.Lookup names = host -> {
        throw new UnknownHostException(host);
    };
    private HttpUpstream client;

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
    }

    private HttpUpstream client(EgressRules rules, UpstreamSettings settings) {
        client = new HttpUpstream(settings, rules, (SSLSocketFactory) SSLSocketFactory.getDefault(), host -> {
            lookUps.add(host);
            return names.addresses(host);
        }, now::get, pauses::add);
        return client;
    }

    private HttpUpstream client(CustomBase mode, String... inside) {
        return client(EgressPolicyTest.rules(mode, Set.of(), Set.of(inside)), UpstreamSettings.defaults());
    }

    private static UpstreamRequest claimed(String address) {
        URI uri = URI.create(address);
        return whole(URI.create(address + "/chat")).from(AddressSource.of("acme", "credential_override.m.api_base", uri));
    }

    /** A private host is called by the address of the loopback interface. */
    private static InetAddress[] loopback() throws UnknownHostException {
        return new InetAddress[] {InetAddress.getByAddress(new byte[] {127, 0, 0, 1})};
    }

    private void requireRefused(UpstreamRequest request) {
        long before = System.nanoTime();
        pauses.clear();
        UpstreamException refused = failure(client, request);
        long after = System.nanoTime();
        assertThat(refused.type()).isEqualTo(ErrorType.API_BASE_NOT_ALLOWED);
        assertThat(refused.param()).isEqualTo("credential_override.m.api_base");
        assertThat(refused.getMessage()).isEqualTo(UpstreamException.REFUSED);
        assertThat(refused.phase()).isEqualTo(Phase.P0);
        assertThat(refused.getCause()).isNull();
        assertThat(pauses).as("told at the next quarter of a second").hasSize(1);
        assertThat(pauses.get(0) - before).isGreaterThanOrEqualTo(Pause.BUCKET_NANOS).isLessThanOrEqualTo(after - before + Pause.BUCKET_NANOS);
        assertThat(client.statistics().openedConnections()).isZero();
    }

    static List<String> spellings() {
        return EgressPolicyTest.s4().filter(host -> host.chars().allMatch(c -> c < 128) && !host.contains("%") && !host.contains("_") && !host.contains("..") && !host.startsWith(".")
                && !host.startsWith("-")).toList();
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void s4_no_packet_leaves_for_any_spelling(String host) {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            names = InetAddress::getAllByName;
            client(CustomBase.PUBLIC);
            for (String address : new String[] {"https://" + host + ":" + upstream.port(), "http://" + host + ":" + upstream.port() + "/v1", "https://" + host}) {
                requireRefused(claimed(address));
            }
            assertThat(lookUps).as("names are not even looked up").isEmpty();
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void s5_a_name_with_an_address_inside_is_not_called() throws Exception {
        InetAddress outside = InetAddress.getByName("8.8.8.8");
        client(CustomBase.PUBLIC);
        for (InetAddress[] answer : new InetAddress[][] {{outside, InetAddress.getByName("127.0.0.1")}, {InetAddress.getByName("::1")}, {InetAddress.getByName("127.0.0.1"), outside},
            {InetAddress.getByName("10.1.2.3")}, {InetAddress.getByName("169.254.169.254")}, {InetAddress.getByName("::ffff:127.0.0.1")}, {}}) {
            names = host -> answer;
            requireRefused(claimed("https://llm.stranger.org/v1"));
        }
        names = host -> {
            throw new UnknownHostException(host);
        };
        requireRefused(claimed("https://llm.stranger.org/v1"));
        assertThat(lookUps).hasSize(8);
    }

    @Test
    void s5_the_machines_own_addresses_are_not_called_either() throws Exception {
        for (var card : java.util.Collections.list(java.net.NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress own : java.util.Collections.list(card.getInetAddresses())) {
                close();
                client(CustomBase.PUBLIC);
                names = host -> new InetAddress[] {own};
                requireRefused(claimed("https://llm.stranger.org/v1"));
            }
        }
    }

    @Test
    void s8_every_connection_goes_to_addresses_that_were_checked_for_it() throws Exception {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"))) {
            client(CustomBase.ALLOWLIST, "llm.corp.internal:" + upstream.port());
            names = host -> lookUps.size() == 2 ? new InetAddress[] {InetAddress.getByName("169.254.169.254")} : loopback();
            UpstreamRequest request = claimed("http://llm.corp.internal:" + upstream.port());
            assertThat(text(client, request)).isEqualTo("{}");
            assertThat(lookUps).as("one look-up for the check and for the connection").hasSize(1);
            UpstreamException refused = failure(client, request);
            assertThat(refused.type()).isEqualTo(ErrorType.API_BASE_NOT_ALLOWED);
            assertThat(upstream.connections()).isOne();
            assertThat(text(client, request)).isEqualTo("{}");
            assertThat(lookUps).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {22, 25, 6379, 5432, 8443})
    void s9_other_ports_are_not_called(int port) {
        client(CustomBase.PUBLIC);
        requireRefused(claimed("https://llm.stranger.org:" + port + "/v1"));
        assertThat(lookUps).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "/", "https://elsewhere.example/"})
    void s6_a_redirect_is_not_followed(String location) {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.write("HTTP/1.1 " + status + " X\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"))) {
                client(CustomBase.ALLOWLIST, "127.0.0.1:" + upstream.port());
                names = InetAddress::getAllByName;
                UpstreamException e = failure(client, claimed("http://127.0.0.1:" + upstream.port() + "/v1"));
                assertThat(e.type()).isEqualTo(ErrorType.UPSTREAM_INVALID);
                assertThat(e.getMessage()).doesNotContain("169.254");
                assertThat(upstream.connections()).isOne();
                client.close();
            }
        }
    }

    @Test
    void s13_a_proxy_in_the_environment_changes_nothing() throws Exception {
        Map<String, String> proxy;
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}")); FaultyUpstream listening = FaultyUpstream.startRaw(peer -> { })) {
            String port = String.valueOf(listening.port());
            proxy = Map.of("http.proxyHost", "127.0.0.1", "http.proxyPort", port, "https.proxyHost", "127.0.0.1", "https.proxyPort", port, "socksProxyHost", "127.0.0.1", "socksProxyPort", port);
            proxy.forEach(System::setProperty);
            try {
                names = host -> loopback();
                client(CustomBase.PUBLIC, "llm.corp.internal:" + upstream.port());
                requireRefused(claimed("https://metadata.google.internal"));
                requireRefused(claimed("https://169.254.169.254"));
                requireRefused(claimed("https://llm.stranger.org"));
                assertThat(text(client, claimed("http://llm.corp.internal:" + upstream.port()))).isEqualTo("{}");
                assertThat(listening.connections()).isZero();
            } finally {
                proxy.keySet().forEach(System::clearProperty);
            }
        }
    }

    @Test
    void connections_on_the_operators_word_and_on_somebody_elses_are_never_the_same() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            names = InetAddress::getAllByName;
            client(CustomBase.ALLOWLIST, "127.0.0.1:" + upstream.port());
            String address = "http://127.0.0.1:" + upstream.port();
            for (int i = 0; i < 3; i++) {
                text(client, whole(URI.create(address + "/chat")));
                text(client, claimed(address));
            }
            assertThat(upstream.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_connection_on_somebody_elses_word_lasts_five_minutes_at_most() {
        UpstreamSettings lasting = new UpstreamSettings(16, 16, java.time.Duration.ofHours(2), java.time.Duration.ofHours(1), 64 * 1024, 1 << 20, 1 << 20,
                java.time.Duration.ofMillis(250), java.time.Duration.ofMillis(50), java.time.Duration.ofMillis(50), 0, java.time.Duration.ofSeconds(1));
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("{}"))) {
            names = InetAddress::getAllByName;
            client(EgressPolicyTest.rules(CustomBase.ALLOWLIST, Set.of(), Set.of("127.0.0.1:" + upstream.port())), lasting);
            String address = "http://127.0.0.1:" + upstream.port();
            text(client, claimed(address));
            text(client, whole(URI.create(address + "/chat")));
            now.addAndGet(299_000_000_000L);
            text(client, claimed(address));
            assertThat(upstream.connections()).isEqualTo(2);
            now.addAndGet(1_000_000_000L);
            text(client, claimed(address));
            text(client, whole(URI.create(address + "/chat")));
            assertThat(upstream.connections()).as("the operator's connection lives on").isEqualTo(3);
        }
    }

    private UpstreamResponse answer(int port, boolean isListed) {
        UpstreamResponse raw = client.send(whole(URI.create("http://127.0.0.1:" + port + "/")));
        return UntrustedResponse.of(raw, isListed);
    }

    @Test
    void s12_headers_that_are_not_understood_stay_here() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: a=b\r\nLocation: http://x\r\nServer: nginx\r\n"
                + "X-Powered-By: php\r\nRetry-After: 1\r\nX-Internal: 1\r\nx-ratelimit-remaining-requests: 5\r\nContent-Length: 2\r\n\r\n{}"))) {
            client(CustomBase.ALLOWLIST);
            names = InetAddress::getAllByName;
            try (UpstreamResponse answer = answer(upstream.port(), true)) {
                assertThat(answer.headers()).containsOnlyKeys("content-type", "retry-after", "x-ratelimit-remaining-requests", "content-length");
            }
        }
    }

    @Test
    void s12_what_no_model_answers_with_is_not_passed_on() {
        for (String type : new String[] {"text/html", "text/html; charset=utf-8", "application/xml", "application/pdf", "text/css"}) {
            try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: 6\r\n\r\n<html>"))) {
                client(CustomBase.ALLOWLIST);
                names = InetAddress::getAllByName;
                assertThat(failure(() -> answer(upstream.port(), true)).type()).as(type).isEqualTo(ErrorType.UPSTREAM_INVALID);
                Calls.eventually(() -> upstream.openConnections() == 0);
                client.close();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void s12_an_endless_answer_is_cut_at_the_limit() {
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.json("1".repeat(2_000_000)))) {
            client(EgressPolicyTest.rules(CustomBase.ALLOWLIST, Set.of(), Set.of("127.0.0.1:" + upstream.port())), UpstreamSettings.defaults().withMaxWholeBytes(1_000_000));
            names = InetAddress::getAllByName;
            assertThat(failure(client, claimed("http://127.0.0.1:" + upstream.port())).type()).isIn(ErrorType.UPSTREAM_INVALID, ErrorType.UPSTREAM_TRUNCATED);
        }
    }

    @Test
    void s12_errors_of_a_stranger_are_told_by_their_status_and_of_a_known_host_in_part() {
        String secret = "root:x:0:0 inside";
        String body = "{\"error\":{\"message\":\"" + secret + "\"}}" + " ".repeat(20_000);
        try (FaultyUpstream upstream = FaultyUpstream.start(peer -> peer.write("HTTP/1.1 503 X\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\nRetry-After: 7\r\n\r\n" + body))) {
            client(CustomBase.ALLOWLIST);
            names = InetAddress::getAllByName;
            try (UpstreamResponse stranger = answer(upstream.port(), false); UpstreamResponse known = answer(upstream.port(), true)) {
                assertThat(stranger.status()).isEqualTo(503);
                assertThat(new String(Calls.readAll(stranger))).contains("upstream answered 503").doesNotContain("root:x");
                assertThat(stranger.headers()).containsEntry("retry-after", "7").containsEntry("content-type", "application/json").doesNotContainKey("content-length");
                assertThat(Calls.readAll(known)).hasSize(8 * 1024);
            }
        }
    }

    @Test
    void s11_a_refusal_waits_for_its_time() {
        client = new HttpUpstream(UpstreamSettings.defaults(), EgressPolicyTest.rules(CustomBase.PUBLIC, Set.of(), Set.of()), (SSLSocketFactory) SSLSocketFactory.getDefault(),
                host -> loopback(), System::nanoTime, Pause.REAL);
        for (String address : new String[] {"https://127.0.0.1", "https://llm.stranger.org", "https://llm.stranger.org:22"}) {
            long before = System.nanoTime();
            failure(client, claimed(address));
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(Pause.BUCKET_NANOS);
        }
    }
}
