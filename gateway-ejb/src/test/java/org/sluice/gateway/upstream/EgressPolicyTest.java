package org.sluice.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.AddressSource;
import org.sluice.gateway.upstream.EgressRules.CustomBase;

/** What an address may look like and stand for, without a network. The numbers are those of the catalogue of attacks on such addresses. */
class EgressPolicyTest {
    private final AtomicLong now = new AtomicLong();

    static EgressRules rules(CustomBase mode, Set<String> allowed, Set<String> inside) {
        return new EgressRules(mode, Set.of("api.openai.com", "api.anthropic.com"), allowed, inside, 1_000_000);
    }

    private EgressPolicy policy(EgressRules rules) {
        return new EgressPolicy(rules, now::get);
    }

    private EgressPolicy open() {
        return policy(rules(CustomBase.PUBLIC, Set.of(), Set.of()));
    }

    /** The verdict on an address as a request writes it; the request goes below it. */
    private static boolean isAdmitted(EgressPolicy policy, String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException noUri) {
            uri = null;
        }
        try {
            policy.admit(uri == null ? URI.create("https://address.invalid/v1") : URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + "/x"), AddressSource.of("acme", "p", uri));
            return true;
        } catch (EgressPolicy.Refusal | IllegalArgumentException refused) {
            return false;
        }
    }

    /** Every spelling of an address inside. */
    static Stream<String> s4() {
        return Stream.of("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0", "127.000.000.001", "127.0.0.1.",
                "localhost", "localhost.", "LOCALHOST", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]", "[fe80::1]",
                "[fe80::1%25lo]", "[fd00:ec2::254]", "169.254.169.254", "[::127.0.0.1]", "①②⑦.⓪.⓪.①", "127。0。0。1", "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1",
                "255.255.255.255", "[2002:7f00:1::]", "[2001:db8::1]", "8.8.8.8", "[2606:4700::1111]", "metadata.google.internal", "db.internal", "printer.local", "redis", "a.localhost",
                "good_host.com", "-a.com", "a-.com", "a..com", ".com", "xn--a.123", "1.2.3.4.5", "api.openai.com.");
    }

    @ParameterizedTest
    @MethodSource("s4")
    void s4_no_spelling_of_an_address_inside_is_admitted_in_any_mode(String host) {
        for (CustomBase mode : CustomBase.values()) {
            EgressPolicy policy = policy(rules(mode, Set.of(), Set.of("127.0.0.1:8000")));
            assertThat(isAdmitted(policy, "https://" + host + "/v1")).as(mode.name()).isFalse();
            assertThat(isAdmitted(policy, "https://" + host)).as(mode.name()).isFalse();
        }
    }

    /** The table says the same of the bytes, whatever the text was. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "0.1.2.3", "10.255.0.1", "100.64.0.1", "100.127.255.255", "169.254.1.1", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1",
        "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::", "fc00::1",
        "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "168.63.129.16", "100.100.100.200"})
    void addresses_that_are_not_public(String address) throws Exception {
        assertThat(AddressTable.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1", "169.253.255.255", "172.15.255.255", "172.32.0.0",
        "192.0.1.1", "192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:200::1", "2001:4860:4860::8888", "2606:4700::1111", "2a00::1", "::ffff:8.8.8.8"})
    void addresses_that_are_public(String address) throws Exception {
        assertThat(AddressTable.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void an_ipv4_address_in_ipv6_dress_is_judged_by_what_is_inside() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        mapped[12] = 127;
        mapped[15] = 1;
        InetAddress dressed = java.net.Inet6Address.getByAddress(null, mapped, 0);
        assertThat(AddressTable.isPublic(dressed)).as(dressed.getClass().getSimpleName()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://api.openai.com\\@evil.com/v1", "http://api.openai.com#@evil.com/", "https://api.openai.com:80:8080/", "https://api.openai.com%00.evil.com/", "//evil.com",
        "https://api.openai.com\t.evil.com/", "https://api.openai.com\n.evil.com/", "https://api.openai .com/", "http:evil.com", "https:evil.com", "https:///evil.com/", "https://u@api.openai.com/v1",
        "https://u:p@api.openai.com/v1", "https://@api.openai.com/v1", "https://api.openai.com?@evil.com/", "https://api.openai.com/v1?x=1", "https://api.openai.com/v1#x", "https://api.openai.com%2f@evil.com/",
        "https://api.openai.com/v1/../../admin", "https://api.openai.com/%2e%2e/admin", "https://api.openai.com/..;/admin", "https://api.openai.com/v1;a=b", "https://api.openai.com/a%2fb",
        "https://api.openai.com/a%5cb", "https://api.openai.com/a\\b", "https://api.openai.com/a%00", "https://api.openai.com//a", "https://api.openai.com/%252e%252e", "file:///etc/passwd", "jar:https://x!/",
        "ftp://api.openai.com/", "javascript:alert(1)", "http://api.openai.com/v1", "https://", "https://:443", ""})
    void s7_what_two_parsers_could_read_in_two_ways_is_refused(String address) {
        assertThat(isAdmitted(open(), address)).isFalse();
    }

    @Test
    void s7_a_path_has_a_length() {
        assertThat(isAdmitted(open(), "https://api.openai.com/" + "a".repeat(511))).isTrue();
        assertThat(isAdmitted(open(), "https://api.openai.com/" + "a".repeat(512))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22", "25", "6379", "5432", "0", "99999", "-1", "80", "8443", "444"})
    void s9_no_other_port_than_443(String port) {
        assertThat(isAdmitted(open(), "https://api.openai.com:" + port + "/v1")).isFalse();
        assertThat(isAdmitted(open(), "http://api.openai.com:" + port + "/v1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"https://api.openai.com/v1,ALLOWLIST", "https://API.OpenAI.com:443/v1,ALLOWLIST", "https://my-res.openai.azure.com,ALLOWLIST", "https://r.services.ai.azure.com/x,ALLOWLIST",
        "https://r.cognitiveservices.azure.com,ALLOWLIST", "https://bedrock-runtime.eu-west-1.amazonaws.com,ALLOWLIST", "https://us-central1-aiplatform.googleapis.com,ALLOWLIST",
        "https://llm.partner.io/v1,ALLOWLIST", "https://a.b.tenants.io/v1,ALLOWLIST", "https://llm.stranger.org/v1,PUBLIC", "https://xn--bcher-kva.de/v1,PUBLIC"})
    void hosts_that_may_be_called(String address, CustomBase least) {
        for (CustomBase mode : CustomBase.values()) {
            EgressPolicy policy = policy(rules(mode, Set.of("LLM.partner.io", "*.tenants.io"), Set.of()));
            assertThat(isAdmitted(policy, address)).as(mode.name()).isEqualTo(mode.ordinal() >= least.ordinal());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.com", "https://openai.azure.com.evil.com", "https://xopenai.azure.com", "https://a.b.openai.azure.com", "https://openai.azure.com", "https://s3.amazonaws.com",
        "https://bedrock-runtime.evil.com", "https://bedrock-runtime.us-east-1.amazonaws.com.evil.com", "https://tenants.io", "https://xtenants.io", "https://api.openai.com.evil.com", "https://api-openai.com"})
    void hosts_that_only_look_like_known_ones(String address) {
        assertThat(isAdmitted(policy(rules(CustomBase.ALLOWLIST, Set.of("*.tenants.io"), Set.of())), address)).isFalse();
    }

    @Test
    void s14_what_the_operator_lists_may_be_inside_but_never_metadata() throws Exception {
        EgressPolicy policy = policy(rules(CustomBase.ALLOWLIST, Set.of(), Set.of("10.0.0.5:8000", "169.254.169.254:80", "[fd00:ec2::254]:80", "llm.corp.internal:443", "metadata.google.internal:80")));
        assertThat(isAdmitted(policy, "http://10.0.0.5:8000/v1")).isTrue();
        assertThat(isAdmitted(policy, "https://10.0.0.5:8000/v1")).isTrue();
        assertThat(isAdmitted(policy, "http://10.0.0.5:8001/v1")).isFalse();
        assertThat(isAdmitted(policy, "http://10.0.0.6:8000/v1")).isFalse();
        assertThat(isAdmitted(policy, "http://167772165:8000/v1")).as("another spelling").isFalse();
        assertThat(isAdmitted(policy, "https://llm.corp.internal/v1")).isTrue();
        assertThat(isAdmitted(policy, "http://metadata.google.internal/")).isFalse();
        policy.admit(new Origin(false, "10.0.0.5", 8000, false), addresses("10.0.0.5"));
        policy.admit(new Origin(true, "llm.corp.internal", 443, false), addresses("10.0.0.9", "127.0.0.1"));
        for (String[] origin : new String[][] {{"169.254.169.254", "169.254.169.254"}, {"fd00:ec2::254", "fd00:ec2::254"}, {"llm.corp.internal", "169.254.169.254"}}) {
            Origin listed = new Origin(origin[0].startsWith("llm"), origin[0], origin[0].startsWith("llm") ? 443 : 80, false);
            assertThatThrownBy(() -> policy.admit(listed, addresses(origin[1]))).isInstanceOf(EgressPolicy.Refusal.class);
        }
        EgressPolicy off = policy(rules(CustomBase.OFF, Set.of(), Set.of("10.0.0.5:8000")));
        assertThat(isAdmitted(off, "http://10.0.0.5:8000/v1")).isFalse();
    }

    @Test
    void s5_one_address_inside_is_enough() throws Exception {
        Origin origin = new Origin(true, "llm.stranger.org", 443, false);
        assertThat(open().admit(origin, addresses("8.8.8.8", "2606:4700::1111"))).hasSize(2);
        for (String inside : new String[] {"127.0.0.1", "::1", "10.0.0.1", "::ffff:192.168.0.1", "169.254.169.254"}) {
            assertThatThrownBy(() -> open().admit(origin, addresses("8.8.8.8", inside))).as(inside).isInstanceOf(EgressPolicy.Refusal.class);
        }
    }

    @Test
    void a_request_that_goes_elsewhere_than_its_address_is_refused() {
        AddressSource source = AddressSource.of("acme", "p", URI.create("https://api.openai.com/v1"));
        assertThat(open().admit(URI.create("https://api.openai.com/v1/chat/completions?alt=sse"), source)).isEqualTo(new Origin(true, "api.openai.com", 443, false));
        for (String other : new String[] {"https://evil.com/v1", "http://api.openai.com/v1", "https://api.openai.com:8443/v1", "https://u@api.openai.com/v1"}) {
            assertThatThrownBy(() -> open().admit(URI.create(other), source)).as(other).isInstanceOf(EgressPolicy.Refusal.class);
        }
    }

    @Test
    void an_organization_names_20_new_hosts_a_minute_and_others_are_not_held_up() {
        EgressPolicy policy = policy(new EgressRules(CustomBase.PUBLIC, Set.of("api.openai.com"), Set.of(), Set.of(), 20));
        for (int i = 0; i < 10; i++) {
            assertThat(isAdmitted(policy, "https://h" + i + ".stranger.org")).isTrue();
            assertThat(isAdmitted(policy, "https://127.0.0." + i)).as("refusals count, too").isFalse();
        }
        assertThatThrownBy(() -> isAdmitted(policy, "https://h99.stranger.org")).isInstanceOfSatisfying(GatewayException.class, e -> {
            assertThat(e.type()).isEqualTo(ErrorType.RATE_LIMIT);
            assertThat(e.retryAfterSeconds()).isEqualTo(60);
        });
        assertThat(isAdmitted(policy, "https://api.openai.com")).as("a known host").isTrue();
        policy.used(new Origin(true, "h1.stranger.org", 443, false), AddressSource.of("acme", "p", null), null);
        assertThat(isAdmitted(policy, "https://h1.stranger.org")).as("a host in use").isTrue();
        AddressSource other = AddressSource.of("other", "p", URI.create("https://h5.stranger.org"));
        assertThat(policy.admit(URI.create("https://h5.stranger.org/v1"), other).host()).isEqualTo("h5.stranger.org");
        now.addAndGet(60_000_000_000L);
        assertThat(isAdmitted(policy, "https://h99.stranger.org")).isTrue();
    }

    private static InetAddress[] addresses(String... texts) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            addresses[i] = InetAddress.getByName(texts[i]);
        }
        return addresses;
    }
}
