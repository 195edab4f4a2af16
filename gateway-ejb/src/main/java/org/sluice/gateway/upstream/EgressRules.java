package org.sluice.gateway.upstream;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where an address that is not the operator's may lead.
 *
 * @param customBase which hosts may be called
 * @param knownHosts hosts of the providers that are built in
 * @param allowedHosts the operator's additions: a name, or {@code *.} and the end of names
 * @param privateHosts {@code host:port} that may be plain http, at any port, and have an address inside; not when all is off
 * @param newHostsPerMinute how many hosts that nobody lists, or that are refused, an organization may name
 */
public record EgressRules(CustomBase customBase, Set<String> knownHosts, Set<String> allowedHosts, Set<String> privateHosts, int newHostsPerMinute) {
    /** How far the gateway goes on somebody else's word. */
    public enum CustomBase {
        /** Nowhere. */
        OFF,
        /** To hosts of known providers and those the operator lists. */
        ALLOWLIST,
        /** To every host with public addresses only. */
        PUBLIC
    }

    /** Where customers of a cloud have hosts of their own, or a region is a part of the name. */
    private static final List<Pattern> KNOWN_FAMILIES = Stream.of("[a-z0-9-]+\\.openai\\.azure\\.(com|us|cn)", "[a-z0-9-]+\\.services\\.ai\\.azure\\.com",
            "[a-z0-9-]+\\.cognitiveservices\\.azure\\.com", "[a-z0-9.-]+\\.models\\.ai\\.azure\\.com", "[a-z0-9.-]+\\.inference\\.ml\\.azure\\.com",
            "bedrock-(runtime|mantle)(-fips)?\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?", "([a-z0-9-]+-)?aiplatform\\.googleapis\\.com",
            "aiplatform\\.(us|eu)\\.rep\\.googleapis\\.com", "(us|eu)\\.api\\.openai\\.com").map(Pattern::compile).toList();

    public EgressRules {
        knownHosts = lower(knownHosts);
        allowedHosts = lower(allowedHosts);
        privateHosts = lower(privateHosts);
    }

    /** Hosts of known providers only, none of them listed. */
    public static EgressRules defaults() {
        return new EgressRules(CustomBase.ALLOWLIST, Set.of(), Set.of(), Set.of(), 20);
    }

    private static Set<String> lower(Set<String> names) {
        return Set.copyOf(names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
    }

    /** Whether the operator lists it as one inside. @param host lower-case, an IPv6 address without brackets */
    boolean isPrivate(String host, int port) {
        return customBase != CustomBase.OFF && privateHosts.contains((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
    }

    /** Whether somebody vouches that a provider is there: this program or the operator. */
    boolean isListed(String host) {
        return knownHosts.contains(host) || KNOWN_FAMILIES.stream().anyMatch(family -> family.matcher(host).matches())
                || allowedHosts.contains(host) || allowedHosts.stream().anyMatch(name -> name.startsWith("*.") && host.endsWith(name.substring(1)));
    }

    boolean mayCall(String host) {
        return customBase == CustomBase.PUBLIC || customBase == CustomBase.ALLOWLIST && isListed(host);
    }
}
