package org.sluice.gateway.upstream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.AddressSource;

/**
 * Whether an address that is not the operator's may be called: first its text, then every address its name stands for. All
 * refusals look alike. Thread-safe.
 */
final class EgressPolicy {
    private static final Logger LOG = System.getLogger(EgressPolicy.class.getName());
    private static final Pattern LABELS = Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");
    private static final Pattern PATH = Pattern.compile("(?:/(?:[A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-Fa-f]{2})+)*");
    private static final Pattern TRICK = Pattern.compile("(?i)%(?:2e|2f|5c|25|3b|3f|23|0[0-9a-f]|1[0-9a-f]|7f)|\\.\\.");
    private static final int LONGEST_PATH = 512;
    private static final int LONGEST_HOST = 253;
    private static final int HTTPS = 443;
    private static final Set<String> METADATA_NAMES = Set.of("metadata.google.internal", "metadata.goog", "metadata", "instance-data", "instance-data.ec2.internal");
    /** Names that no public name server answers for (RFC 6761, RFC 8375, ICANN's private-use domain). */
    private static final List<String> NOT_PUBLIC = List.of(".localhost", ".local", ".internal", ".invalid", ".test", ".home.arpa", ".lan", ".onion", ".example");
    private final EgressRules rules;
    private final NewHosts newHosts;

    EgressPolicy(EgressRules rules, LongSupplier nanos) {
        this.rules = rules;
        this.newHosts = new NewHosts(rules.newHostsPerMinute(), nanos);
    }

    /**
     * Checks what can be told from the text: of the address as it was given, and that the request goes there.
     *
     * @throws GatewayException RATE_LIMIT when the organization tries too many hosts
     * @throws Refusal for every other reason
     */
    Origin admit(URI request, AddressSource source) {
        URI base = source.address();
        if (base == null || base.getHost() == null || base.getScheme() == null || !base.getRawAuthority().equals(request.getRawAuthority())
                || !base.getScheme().equals(request.getScheme())) {
            throw counted(source, "");
        }
        String host = base.getHost().toLowerCase(Locale.ROOT);
        host = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        boolean isTls = base.getScheme().equalsIgnoreCase("https");
        int port = base.getPort() < 0 ? isTls ? HTTPS : 80 : base.getPort();
        boolean isPrivate = rules.isPrivate(host, port);
        boolean isPlain = base.getRawUserInfo() == null && base.getRawQuery() == null && base.getRawFragment() == null && isPlainPath(base.getRawPath());
        boolean isPublic = isTls && port == HTTPS && isPublicName(host) && rules.mayCall(host);
        boolean isHttp = isTls || base.getScheme().equalsIgnoreCase("http");
        if (!isPlain || !isHttp || METADATA_NAMES.contains(host) || !isPrivate && !isPublic) {
            throw counted(source, host);
        }
        if (!isPrivate && !rules.isListed(host)) {
            count(source, host);
        }
        return new Origin(isTls, host, port, false);
    }

    /** The addresses, if each of them may be called. */
    InetAddress[] admit(Origin origin, InetAddress[] addresses) {
        boolean isPrivate = rules.isPrivate(origin.host(), origin.port());
        Set<InetAddress> own = isPrivate ? Set.of() : ownAddresses();
        for (InetAddress address : addresses) {
            if (AddressTable.isMetadata(address) || !isPrivate && (!AddressTable.isPublic(address) || own.contains(address))) {
                throw new Refusal();
            }
        }
        return addresses;
    }

    /** A request goes out on somebody's word: who, where. */
    void used(Origin origin, AddressSource source, SocketAddress peer) {
        newHosts.used(source.organization(), origin.host());
        LOG.log(Level.INFO, "Egress: organization {0} called {1} at {2}", source.organization(), origin.authority(), String.valueOf(peer));
    }

    /** Whether a provider is known to be there, so that its words may be passed on. */
    boolean isListed(Origin origin) {
        return rules.isPrivate(origin.host(), origin.port()) || rules.isListed(origin.host());
    }

    private Refusal counted(AddressSource source, String host) {
        count(source, host);
        return new Refusal();
    }

    private void count(AddressSource source, String host) {
        int seconds = newHosts.secondsToWait(source.organization(), host);
        if (seconds > 0) {
            throw new GatewayException(ErrorType.RATE_LIMIT, "Too many different provider addresses in a minute; try again later.").retryAfter(seconds);
        }
    }

    /** A name of letters, digits and hyphens with a top-level domain: no address in any spelling, no name of a machine next door. */
    private static boolean isPublicName(String host) {
        return host.length() <= LONGEST_HOST && LABELS.matcher(host).matches() && NOT_PUBLIC.stream().noneMatch(host::endsWith);
    }

    private static boolean isPlainPath(String path) {
        return path == null || path.isEmpty() || path.length() <= LONGEST_PATH && PATH.matcher(path).matches() && !TRICK.matcher(path).find();
    }

    private static Set<InetAddress> ownAddresses() {
        Set<InetAddress> own = new HashSet<>();
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                own.addAll(Collections.list(card.getInetAddresses()));
            }
        } catch (SocketException unknown) {
            throw new Refusal();
        }
        return own;
    }

    /** Not called, for a reason that is not told. */
    static final class Refusal extends RuntimeException {
        Refusal() {
            super("refused", null, false, false);
        }
    }
}
