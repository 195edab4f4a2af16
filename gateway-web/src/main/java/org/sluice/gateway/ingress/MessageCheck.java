package org.sluice.gateway.ingress;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.regex.Pattern;
import org.sluice.gateway.error.GatewayException;

/**
 * Refuses messages that a proxy in front may read otherwise than the server did, before anything is decided by them. A Host
 * that is no host: Open Liberty finds the resource by an address that it puts together from it, so that {@code Host: x/y?}
 * would choose the path. A body framed in two ways: the server takes the one and the proxy perhaps the other (RFC 9112,
 * 6.3); where the coding is {@code chunked} both servers hide the length and read chunks, as they should. The fast lane is
 * found by the path alone and asks {@link #requireOneFraming} only.
 */
@Provider
@PreMatching
public class MessageCheck implements ContainerRequestFilter {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~:\\[\\]-]*");
    private static final String TRANSFER_ENCODING = "Transfer-Encoding";
    private static final String CONTENT_LENGTH = "Content-Length";

    @Override
    public void filter(ContainerRequestContext request) {
        requireHost(request.getHeaders().getOrDefault("Host", List.of()));
        requireOneFraming(request.getHeaderString(TRANSFER_ENCODING), request.getHeaderString(CONTENT_LENGTH));
    }

    static void requireHost(List<String> hosts) {
        if (hosts.size() > 1 || !hosts.isEmpty() && !HOST.matcher(hosts.get(0)).matches()) {
            throw GatewayException.invalid("Host", "The Host header is not one host name with an optional port.");
        }
    }

    static void requireOneFraming(Exchange exchange) {
        String coding = exchange.header(TRANSFER_ENCODING);
        if (coding != null) {
            requireOneFraming(coding, exchange.header(CONTENT_LENGTH));
        }
    }

    private static void requireOneFraming(String coding, String length) {
        if (coding != null && length != null) {
            throw GatewayException.invalid(CONTENT_LENGTH, "The request has both Content-Length and Transfer-Encoding; send one.");
        }
    }

    /** Whether the connection must end with the answer, for nobody knows where the next request begins. */
    static boolean isAboutFraming(GatewayException e) {
        return CONTENT_LENGTH.equals(e.param());
    }
}
