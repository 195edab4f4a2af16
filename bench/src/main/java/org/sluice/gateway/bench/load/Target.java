package org.sluice.gateway.bench.load;

import java.io.Serializable;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Where calls go, the bytes of a call, and what must come back. {@code request} is head and body. */
public record Target(String name, InetSocketAddress address, byte[] request, Expectation expectation) implements Serializable {

    /** @param headers lines {@code Name: value}, without line ends */
    public static Target post(String name, int port, String path, String body, Expectation expectation, String... headers) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("POST ").append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(port).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        byte[] start = head.append("Content-Type: application/json\r\nContent-Length: ").append(content.length).append("\r\n\r\n")
                .toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[start.length + content.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(content, 0, request, start.length, content.length);
        return new Target(name, new InetSocketAddress("127.0.0.1", port), request, expectation);
    }

    public static Target get(String name, int port, String path) {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return new Target(name, new InetSocketAddress("127.0.0.1", port), request, Expectation.any());
    }

    public Target expecting(Expectation other) {
        return new Target(name, address, request, other);
    }
}
