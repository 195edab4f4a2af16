package org.sluice.gateway.dialect;

/** The events of one streamed answer, whatever framing they travel in. One thread reads. */
public interface EventSource {
    /**
     * Waits for the next event; null at the end of the stream. Its bytes are valid until the next call.
     *
     * @throws org.sluice.gateway.error.GatewayException of an UPSTREAM kind
     */
    ServerSentEvent next();
}
