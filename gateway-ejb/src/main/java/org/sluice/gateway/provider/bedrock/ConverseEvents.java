package org.sluice.gateway.provider.bedrock;

import java.io.InputStream;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.json.JsonWriter;

/**
 * The events of a ConverseStream for {@link ConverseReader}: the message's name and its payload. A failure is an event
 * whose name begins with {@value #FAILURE}. A body that ends well without {@code metadata} gets an event {@value #END}.
 */
final class ConverseEvents implements EventSource {
    static final String FAILURE = "!";
    static final String END = "end";
    private static final byte[] EMPTY = {'{', '}'};
    private final EventMessages messages;
    private boolean hasStopped;

    ConverseEvents(InputStream body) {
        messages = new EventMessages(body);
    }

    @Override
    public ServerSentEvent next() {
        EventMessage message = messages.next();
        if (message == null) {
            boolean isEnd = hasStopped;
            hasStopped = false;
            return isEnd ? event(END, Slice.of(EMPTY)) : null;
        }
        if (!message.isEvent()) {
            return event(FAILURE + message.name(), message.errorMessage() == null ? message.payload()
                    : Slice.of(new JsonWriter().beginObject().name("message").value(message.errorMessage()).endObject().toBytes()));
        }
        hasStopped |= message.name().equals("messageStop");
        hasStopped &= !message.name().equals("metadata");
        return event(message.name(), message.payload());
    }

    private static ServerSentEvent event(String name, Slice data) {
        return new ServerSentEvent(name, data, data, true);
    }
}
