package org.sluice.gateway.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.sluice.gateway.config.ConfigKey;
import org.sluice.gateway.config.GatewayConfig;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * Checks the address of an organization's own provider when it is stored: https, or http to a host that the operator lists in
 * {@code gateway.egress.private-hosts}; no user, query, fragment or other port than 443 unless listed.
 */
@ApplicationScoped
public class BaseUrl {
    private static final int LONGEST = 512;
    private static final int HTTPS = 443;
    private static final Set<String> ODD = Set.of("..", "%2e", "%2f", "%5c", ";", "\\");
    @Inject GatewayConfig config;

    /** For tests. */
    static BaseUrl of(GatewayConfig config) {
        BaseUrl check = new BaseUrl();
        check.config = config;
        return check;
    }

    /**
     * The address without slashes at the end.
     *
     * @param param where it stands, for errors
     * @throws GatewayException API_BASE_NOT_ALLOWED with {@code param}
     */
    public String require(String text, String param) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        String address = text.substring(0, end);
        try {
            URI uri = new URI(address).parseServerAuthority();
            if (isPlain(address, uri) && (isListed(uri) || "https".equalsIgnoreCase(uri.getScheme()) && isPublicName(uri))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // told below: the exception quotes the text
        }
        throw GatewayException.of(ErrorType.API_BASE_NOT_ALLOWED, param, "'" + param + "' must be the https address of a public host, up to and with the version, "
                + "without user, query and fragment: https://llm.example.com/v1. The operator may allow others by " + ConfigKey.EGRESS_PRIVATE_HOSTS.environmentName() + ".");
    }

    private static boolean isPlain(String address, URI uri) {
        String lower = address.toLowerCase(Locale.ROOT);
        return address.length() <= LONGEST && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null
                && ODD.stream().noneMatch(lower::contains) && lower.chars().allMatch(c -> c > 0x20 && c < 0x7f)
                && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
    }

    /** A name with a dot whose last part is no number, on the port of https. */
    private static boolean isPublicName(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return (uri.getPort() < 0 || uri.getPort() == HTTPS) && host.matches("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]")
                && !host.endsWith(".localhost") && !host.endsWith(".internal") && !host.endsWith(".local");
    }

    private boolean isListed(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : 80;
        return config.names(ConfigKey.EGRESS_PRIVATE_HOSTS).stream().anyMatch(listed -> listed.equalsIgnoreCase(host + ":" + port));
    }
}
