package org.sluice.gateway.admission;

import org.sluice.gateway.call.Call;
import org.sluice.gateway.error.GatewayException;

/** May refuse a call before any provider is asked. Every bean of this type is asked. */
public interface CallGate {
    /**
     * @param inputTokens an estimate
     * @return what is kept for the call; {@link Hold#NONE} when nothing is
     * @throws GatewayException RATE_LIMIT, INSUFFICIENT_CREDITS or PERMISSION, with {@code Retry-After} where waiting helps
     */
    Hold enter(Call call, long inputTokens);

    /** Gates with smaller numbers are asked first; the cheap ones, and those whose refusal says most, come first. */
    default int order() {
        return 100;
    }
}
