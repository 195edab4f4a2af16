package org.sluice.gateway.attempt;

import org.sluice.gateway.error.GatewayException;
import org.sluice.gateway.provider.UpstreamResponse;
import org.sluice.gateway.upstream.SseReader;

/** Lets go of a stream's connection: read to its end after a good last event, so that it can be used again, else cut. */
final class StreamEnd {
    private StreamEnd() { }

    static void settle(UpstreamResponse response, SseReader events, boolean endedWell) {
        try {
            if (endedWell) {
                events.next();
            }
        } catch (GatewayException alreadyAnswered) {
            // the answer was complete; what the provider does after it concerns nobody
        } finally {
            response.close();
        }
    }
}
