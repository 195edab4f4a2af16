package org.sluice.gateway.provider;

/** The other end: takes a request, answers. The gateway's HTTP client is one; a provider without a network is another. */
public interface Upstream {
    /**
     * Sends and waits for the response head.
     *
     * @throws org.sluice.gateway.error.GatewayException of an UPSTREAM kind, or OVERLOADED when the host's pool is exhausted
     */
    UpstreamResponse send(UpstreamRequest request);

    /** The same, given up as soon as {@code cancellation} is: the wait ends with an UPSTREAM_RESET. */
    default UpstreamResponse send(UpstreamRequest request, Cancellation cancellation) {
        UpstreamResponse response = send(request);
        cancellation.onCancel(response::close);
        return response;
    }
}
