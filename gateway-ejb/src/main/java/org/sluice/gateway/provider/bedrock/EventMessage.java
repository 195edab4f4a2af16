package org.sluice.gateway.provider.bedrock;

import org.sluice.gateway.dialect.Slice;

/**
 * One message of AWS's event stream.
 *
 * @param kind {@code event}, {@code exception} or {@code error}
 * @param name the event's or exception's name, or the error's code; "" when the message does not say
 * @param errorMessage of an {@code error}, which has no payload, or null
 * @param payload valid until the next message is read
 */
record EventMessage(String kind, String name, String errorMessage, Slice payload) {
    boolean isEvent() {
        return kind.equals("event");
    }
}
