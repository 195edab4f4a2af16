package org.sluice.gateway.ingress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import org.sluice.gateway.call.FrameStream;
import org.sluice.gateway.call.Reply;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.Slice;
import org.sluice.gateway.error.ErrorType;
import org.sluice.gateway.error.GatewayException;

/**
 * Writes bytes that pass. The first piece is awaited before the answer begins, so that a failure before it has a status. What
 * breaks off later ends with an error event in an event stream; anything else is cut short of its length, or not ended.
 */
final class RelayWriter {
    private RelayWriter() { }

    /** @param headers of every answer; the provider's follow where they do not contradict */
    static void send(Exchange exchange, Reply.Relayed reply, Map<String, String> headers, Dialect dialect, String callId) {
        try (FrameStream frames = reply.frames()) {
            Slice first = frames.next();
            reply.headers().forEach(headers::putIfAbsent);
            if (first == null) {
                exchange.respond(reply.status(), reply.contentType(), headers, new byte[0]);
                return;
            }
            boolean isEvents = reply.contentType() != null && reply.contentType().toLowerCase(Locale.ROOT).startsWith("text/event-stream");
            if (isEvents) {
                headers.put("Cache-Control", "no-cache");
                headers.put("X-Accel-Buffering", "no");
            } else if (reply.length() >= 0) {
                headers.put("Content-Length", Long.toString(reply.length()));
            }
            exchange.stream(reply.status(), reply.contentType(), headers, out -> copy(out, first, frames, isEvents ? dialect : null, callId));
        }
    }

    /** @param events in which the stream's failure is told, or null when it is no event stream */
    private static void copy(OutputStream out, Slice first, FrameStream frames, Dialect events, String callId) throws IOException {
        try {
            boolean isFirst = true;
            for (Slice piece = first; piece != null; piece = frames.next()) {
                out.write(piece.array(), piece.from(), piece.length());
                out.flush();
                if (isFirst) { // Open Liberty's first flush sends the head only
                    out.flush();
                }
                isFirst = false;
            }
        } catch (GatewayException e) {
            if (events == null || e.type() == ErrorType.CLIENT_CANCELLED) {
                throw new IOException("The provider's answer broke off.", e);
            }
            Slice event = events.writeErrorEvent(e, callId);
            out.write(event.array(), event.from(), event.length());
            out.flush();
        } catch (IOException gone) {
            frames.cancel();
            throw gone;
        }
    }
}
