package org.sluice.gateway.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One HTTP request and its answer, whichever door it came through. One thread at a time. */
public interface Exchange {
    /** All values of a header; none when it is absent. */
    List<String> headers(String name);

    /** Names of all headers, lower-case; none where an exchange cannot tell. */
    default Set<String> headerNames() {
        return Set.of();
    }

    default String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** The query as it was sent, or null. */
    String query();

    /** Path as the client wrote it, without query. */
    String path();

    /** Bytes announced, -1 when not announced. */
    long contentLength();

    InputStream body() throws IOException;

    /** The client's end of the connection, to notice that it is gone. */
    Peer peer();

    /** Answers and ends the exchange. */
    void respond(int status, String contentType, Map<String, String> headers, byte[] body);

    /** Answers with a stream and ends the exchange when {@code writer} returns. */
    void stream(int status, String contentType, Map<String, String> headers, StreamWriter writer);

    /** The same with 200. */
    default void stream(String contentType, Map<String, String> headers, StreamWriter writer) {
        stream(200, contentType, headers, writer);
    }

    /** @param remoteAddress textual IP address; {@code remotePort} and {@code localPort} of the TCP connection */
    record Peer(String remoteAddress, int remotePort, int localPort) {}

    @FunctionalInterface
    interface StreamWriter {
        /** @throws IOException when the client is gone */
        void writeTo(OutputStream out) throws IOException;
    }
}
